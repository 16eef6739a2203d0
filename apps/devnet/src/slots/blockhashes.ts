import { createHmac } from 'node:crypto';
import type { Secret } from '@hexkey/protocol';
import { type Blockhash, getBase58Decoder } from '@solana/kit';
import type { SlotClock } from './slot-clock.ts';

/** A blockhash can be used while the block height is not above its own plus this (Agave, `MAX_PROCESSING_AGE`). */
export const blockhashAgeSlots = 150;

export interface Blockhashes {
  /** Of the last closed slot. */
  latest(): { readonly blockhash: Blockhash; readonly lastValidBlockHeight: number };
  isValid(blockhash: string): boolean;
  of(slot: number): Blockhash;
}

/**
 * The hash of a slot is HMAC-SHA-256(key, slot): the same after a restart, and nobody knows it before its time. There is
 * a block in every slot, so heights are slots.
 *
 * @param key 32 bytes that only this devnet knows
 */
export function blockhashes(key: Secret<Uint8Array>, slots: SlotClock): Blockhashes {
  const base58 = getBase58Decoder();
  const known = new Map<string, number>();
  let hashedTo = -1;
  const of = (slot: number) => {
    const number = Buffer.alloc(8);
    number.writeBigUInt64LE(BigInt(slot));
    return base58.decode(createHmac('sha256', key.reveal()).update(number).digest()) as Blockhash;
  };
  const learn = (slot: number) => {
    for (let closed = Math.max(hashedTo + 1, slot - blockhashAgeSlots); closed < slot; closed += 1)
      known.set(of(closed), closed);
    hashedTo = Math.max(hashedTo, slot - 1);
    for (const [hash, closed] of known) {
      if (closed >= slot - blockhashAgeSlots) break;
      known.delete(hash);
    }
  };
  return {
    of,
    latest() {
      const closed = slots.current() - 1;
      return { blockhash: of(closed), lastValidBlockHeight: closed + blockhashAgeSlots };
    },
    isValid(blockhash) {
      const slot = slots.current();
      learn(slot);
      return known.has(blockhash);
    },
  };
}
