/** Wall-clock time in milliseconds since the Unix epoch. Injected, so that a 7-day lock is tested in milliseconds. */
export interface Clock {
  now(): number;
}

/** Cryptographically strong random bytes. Injected, so that vectors can be replayed. */
export type Random = (lengthBytes: number) => Uint8Array<ArrayBuffer>;
