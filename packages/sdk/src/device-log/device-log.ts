import type { Place } from '../place.ts';

/** What is written down on this device. Types, codes and durations: no member holds a text that somebody typed or a server sent. */
export type DeviceEvent =
  | { readonly event: 'start'; readonly client: string }
  /** @param page as the route table names it, `/chats/$chatId`: never the address itself */
  | { readonly event: 'page'; readonly page: string }
  | { readonly event: 'place'; readonly place: Place['at'] }
  | {
      readonly event: 'call';
      readonly route: string;
      /** `failed` is a bug. */
      readonly outcome: 'ok' | 'failed' | number;
      readonly ms: number;
    }
  /** The class of an error, never its message. */
  | { readonly event: 'bug'; readonly name: string };

/** What happened on this device, for support: kept here, and sent when its owner says so. */
export interface DeviceLog {
  /** Keeps an event; never throws and nobody waits. */
  note(event: DeviceEvent): void;
  /** Every line that is kept, oldest first; each fits `deviceLogLine`. @throws {DomainError} `StorageUnavailable` */
  lines(): Promise<readonly string[]>;
}

/** Where the lines rest, oldest first. */
export interface LogStore {
  /** Adds a text of whole lines and drops the oldest ones beyond the limit. */
  append(text: string, limitBytes: number): Promise<void>;
  read(): Promise<string>;
}
