import { concatBytes, lengthPrefixed, utf8 } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';

/**
 * "Standard2019" of the Juicebox protocol: Argon2id, version 1.3 (RFC 9106), 64 bytes out. Compiled in and never negotiated: a
 * node that could ask for less would make the PIN cheap to search.
 */
export const pinHashParameters = {
  memoryKiB: 16_384,
  iterations: 32,
  parallelism: 1,
  lengthBytes: 64,
} as const;

/** What Argon2id hashes. */
export interface PinHashInput {
  /** The PIN's digits in ASCII. */
  readonly password: Secret<Uint8Array<ArrayBuffer>>;
  /** `lp(version) || lp(info)`: not secret. */
  readonly salt: Uint8Array<ArrayBuffer>;
}

/** @param version 16 bytes, of the PIN record · @param info the account UUID as text */
export function pinHashInput(pin: Secret<string>, version: Uint8Array, info: string): PinHashInput {
  return {
    password: new Secret(utf8(pin.reveal())),
    salt: concatBytes(lengthPrefixed(version), lengthPrefixed(utf8(info))),
  };
}

/** A PIN made costly. Both parts are searchable: in memory only, for the length of one operation. */
export interface StretchedPin {
  /** 32 bytes: the input of the OPRF. */
  readonly accessKey: Secret<Uint8Array<ArrayBuffer>>;
  /** 32 bytes: joined with the nodes' scalar to the encryption key. */
  readonly encryptionKeySeed: Secret<Uint8Array<ArrayBuffer>>;
}

/** Halves the 64 bytes of the PIN hash. @throws {RangeError} another length */
export function stretchedPinOf(hash: Secret<Uint8Array>): StretchedPin {
  const bytes = hash.reveal();
  if (bytes.length !== pinHashParameters.lengthBytes) throw new RangeError('a PIN hash has 64 bytes');
  return {
    accessKey: new Secret(Uint8Array.from(bytes.subarray(0, 32))),
    encryptionKeySeed: new Secret(Uint8Array.from(bytes.subarray(32))),
  };
}
