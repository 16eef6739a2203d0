import { type Random, Secret } from '@hexkey/protocol';
import { randomBelow } from '../identifiers.ts';
import { equalHashes, keyedHash } from '../keys/keyed-hash.ts';
import type { ServerKeys } from '../keys/server-keys.ts';

type Keys = Pick<ServerKeys, 'code'>;

export const codeLifetimeMs = 5 * 60_000;
export const triesPerCode = 3;

/** Four digits, each of the ten thousand equally likely. */
export function newCode(random: Random): Secret<string> {
  return new Secret(String(randomBelow(random, 10_000)).padStart(4, '0'));
}

/** The form a code is stored in. @param codeId of the one row it belongs to */
export function codeMac({ code: key }: Keys, codeId: string, code: Secret<string>): Uint8Array {
  return keyedHash(key, 'sms code', codeId, code.reveal());
}

export function isRightCode(keys: Keys, codeId: string, mac: Uint8Array, code: Secret<string>): boolean {
  return equalHashes(codeMac(keys, codeId, code), mac);
}
