/** The owner's wish to have the wallet's key out, as one node counts its time. */
export interface KeyExport {
  /** Thumbprint of the device that asked, 32 bytes; no other one gets the share. */
  readonly device: Uint8Array;
  readonly begunAtMs: number;
}

const dayMs = 24 * 3_600_000;
/** Every device of the owner has so long to cancel it. */
export const exportDelayMs = 7 * dayMs;
/** Then so long until it has to be begun anew. */
export const exportOpenMs = 7 * dayMs;

/** From when on a share is given. */
export const exportFromMs = ({ begunAtMs }: Pick<KeyExport, 'begunAtMs'>) => begunAtMs + exportDelayMs;

/** One that is waiting or open; null when there is none or its time is over. */
export function liveExport<E extends Pick<KeyExport, 'begunAtMs'>>(known: E | null, nowMs: number): E | null {
  return known !== null && nowMs < exportFromMs(known) + exportOpenMs ? known : null;
}
