import { type Random, Secret } from '@hexkey/protocol';
import { randomBelow } from '../identifiers.ts';
import { equalHashes, keyedHash } from '../keys/keyed-hash.ts';
import type { ServerKeys } from '../keys/server-keys.ts';

type Keys = Pick<ServerKeys, 'code'>;

/** Four digits, each of the ten thousand equally likely. */
export function newSmsCode(random: Random): Secret<string> {
  return new Secret(String(randomBelow(random, 10_000)).padStart(4, '0'));
}

/** The form a code is stored in. */
export function smsCodeMac({ code: key }: Keys, verificationId: string, code: Secret<string>): Uint8Array {
  return keyedHash(key, 'sms code', verificationId, code.reveal());
}

export function isRightCode(
  keys: Keys,
  verificationId: string,
  mac: Uint8Array,
  code: Secret<string>,
): boolean {
  return equalHashes(smsCodeMac(keys, verificationId, code), mac);
}
