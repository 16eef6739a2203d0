import type { Secret } from '@hexkey/protocol';
import type { Place } from '../place.ts';

/** What the page of a new device shows while it waits. */
export type LinkState =
  /** Show `code` as a QR code and as text: a minute from when it was made it is replaced by another. */
  | { readonly step: 'code'; readonly code: Secret<string>; readonly madeAtMs: number }
  /** A logged-in device has scanned it; its owner is to enter the PIN there. */
  | { readonly step: 'scanned' };

/** A new device that asks to be let in, as the server describes it. */
export interface NewDevice {
  readonly name: string;
  readonly platform: 'web' | 'cli';
  readonly place: string | null;
  /**
   * Logs it in to this account and sends it the account's entropy, sealed so that only the device whose code was scanned opens it.
   * @throws {DomainError} `NotFound` (device-link) when it took too long; what `unlock` throws
   */
  approve(pin: Secret<string>): Promise<void>;
}

/** Linking a device: the new one shows a code, a logged-in one scans it, and the owner enters the PIN on each. */
export interface DeviceLinks {
  /**
   * On the new device: shows codes until one is approved or the signal fires. A server that does not answer is asked again.
   * @returns where the login leads, as every login before the PIN; null when it was given up
   * @throws {DomainError} `Offline` before there is a code, `TooMany`, `LinkNotGenuine`
   */
  show(onState: (state: LinkState) => void, signal: AbortSignal): Promise<Place | null>;
  /**
   * On a logged-in device, which then has five minutes.
   * @param code as it was scanned or pasted
   * @throws {DomainError} `NotALinkCode`, `NotFound` (device-link) when it is a minute old, was scanned before, or is not genuine
   */
  open(code: Secret<string>): Promise<NewDevice>;
}
