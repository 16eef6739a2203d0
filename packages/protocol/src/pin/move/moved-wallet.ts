import { equalBytes } from '../../encoding/bytes.ts';
import { type CborMap, cborMap } from '../wire/cbor.ts';
import { readMembers } from '../wire/members.ts';
import { pinLengths } from '../wire/registration.ts';
import type { MovedWallet } from './move-statements.ts';

export function movedWalletToCbor({ left, arrived }: MovedWallet): CborMap {
  return cborMap({ left, arrived });
}

/** @throws {MalformedError} */
export function movedWalletFrom(value: unknown): MovedWallet {
  const members = readMembers(value, ['left', 'arrived']);
  return {
    left: members.bytes('left', pinLengths.nodeSetHash),
    arrived: members.bytes('arrived', pinLengths.nodeSetHash),
  };
}

export function isSameWallet(one: MovedWallet | null, other: MovedWallet | null): boolean {
  if (one === null || other === null) return one === other;
  return equalBytes(one.left, other.left) && equalBytes(one.arrived, other.arrived);
}
