import type { OperatorChallenge } from '@hexkey/contract';
import { concatBytes, operatorChallengeBytes, toBase64url, uint64 } from '@hexkey/protocol';
import type { Static } from 'typebox';
import type { Deps } from '../deps.ts';
import { equalHashes, keyedHash } from '../keys/keyed-hash.ts';

const lifetimeMs = 60_000;
const nonceBytes = 16;
const macAt = nonceBytes + 8;

type Keys = Pick<Deps, 'keys'>;

/** Something new to sign. Nothing is kept of it: whoever asks, however often, leaves nothing at the server. */
export function newOperatorChallenge({
  clock,
  random,
  keys,
}: Keys & Pick<Deps, 'clock' | 'random'>): Static<typeof OperatorChallenge> {
  const expiresAtMs = clock.now() + lifetimeMs;
  const stated = concatBytes(random(nonceBytes), uint64(expiresAtMs));
  return { challenge: toBase64url(concatBytes(stated, macOf(keys, stated))), expiresAtMs };
}

/** When a challenge ends; null for one that this server did not make. Any of several servers over the same keys may have made it. */
export function endOfOperatorChallenge({ keys }: Keys, challenge: Uint8Array): number | null {
  if (challenge.length !== operatorChallengeBytes) return null;
  const stated = challenge.subarray(0, macAt);
  if (!equalHashes(challenge.subarray(macAt), macOf(keys, stated))) return null;
  return Number(new DataView(stated.buffer, stated.byteOffset + nonceBytes, 8).getBigUint64(0));
}

const macOf = (keys: Deps['keys'], stated: Uint8Array) =>
  keyedHash(keys.lookup, 'operator challenge', toBase64url(stated));
