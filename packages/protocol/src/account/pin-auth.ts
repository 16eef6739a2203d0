import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, lengthPrefixed, uint64, utf8 } from '../encoding/bytes.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { statement } from './statements.ts';

/** HTTP field name, lower case. */
export const pinAuthField = 'hexkey-pin-auth';

/** The one request a PIN-auth signature allows. */
export interface PinAuthRequest {
  readonly method: string;
  /** Path with its query, as sent. */
  readonly target: string;
  readonly body: Uint8Array;
}

export interface PinAuthClaim {
  /** Route name of the contract. */
  readonly operation: string;
  readonly accountId: string;
  readonly deviceKey: Uint8Array;
  readonly request: PinAuthRequest;
  /** 16 bytes from `createPinChallenge`, one use. */
  readonly nonce: Uint8Array;
  readonly expiresAtMs: number;
}

/** What the `pin-auth` key signs (docs/protocol/account-api.md section 2). */
export function pinAuthStatement(claim: PinAuthClaim): Uint8Array<ArrayBuffer> {
  return concatBytes(
    statement(
      'hexkey/1 pin-auth',
      utf8(claim.operation),
      utf8(claim.accountId),
      claim.deviceKey,
      parameterHash(claim.request),
      claim.nonce,
    ),
    uint64(claim.expiresAtMs),
  );
}

export interface PinAuthHeader {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly expiresAtMs: number;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** `v1;NONCE;EXPIRES_AT_MS;SIGNATURE` */
export function formatPinAuthHeader(header: {
  readonly nonce: Uint8Array;
  readonly expiresAtMs: number;
  readonly signature: Uint8Array;
}): string {
  return `v1;${toBase64url(header.nonce)};${header.expiresAtMs};${toBase64url(header.signature)}`;
}

/** The parts of a header, or null when it is not exactly of the form `formatPinAuthHeader` writes. */
export function parsePinAuthHeader(text: string): PinAuthHeader | null {
  const match = /^v1;([A-Za-z0-9_-]{22});(0|[1-9][0-9]{0,14});([A-Za-z0-9_-]{86})$/.exec(text);
  if (match === null) return null;
  try {
    return {
      nonce: fromBase64url(match[1] as string),
      expiresAtMs: Number(match[2]),
      signature: fromBase64url(match[3] as string),
    };
  } catch {
    // Characters and lengths match, so what is left are trailing bits of a second spelling: not our form.
    return null;
  }
}

/** SHA-256(lp(method) lp(path and query) lp(body)) */
export function parameterHash({ method, target, body }: PinAuthRequest): Uint8Array {
  return sha256(
    concatBytes(lengthPrefixed(utf8(method)), lengthPrefixed(utf8(target)), lengthPrefixed(body)),
  );
}
