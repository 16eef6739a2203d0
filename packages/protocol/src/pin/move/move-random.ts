import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type DerivedKey, type PinSecret, pinMoveSeed } from '../../account/derivations.ts';
import { concatBytes, uint64, utf8 } from '../../encoding/bytes.ts';
import type { Random } from '../../ports.ts';
import type { MovePath } from './move-statements.ts';

/**
 * What the records of a move are made with: the same for every device and every try that takes one record from one set to another, so that
 * they cannot leave different ones at the new nodes (ADR 88). Whoever can compute it has S_pin and the account shard, that is everything the
 * PIN guards. HKDF-SHA256 (RFC 5869), salt `hexkey/1`, info = from, to, left, be8(number of the call).
 *
 * @param left version of the record that is left, 16 bytes
 * @returns gives the same bytes in the same order of calls
 */
export function moveRandom(
  pinSecret: PinSecret,
  shard: DerivedKey,
  { from, to }: Pick<MovePath, 'from' | 'to'>,
  left: Uint8Array,
): Random {
  const seed = pinMoveSeed(pinSecret, shard);
  let calls = 0;
  return (lengthBytes) => {
    const info = concatBytes(from, to, left, uint64(calls));
    calls += 1;
    return Uint8Array.from(hkdf(sha256, seed.reveal(), utf8('hexkey/1'), info, lengthBytes));
  };
}
