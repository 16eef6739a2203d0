import { fromHex } from '@hexkey/protocol';
import { systemRandom } from '../system.ts';
import { type PlainKey, signPlainly } from './plain-frost.ts';

/** A key as it goes to another process: IPC has no bytes. */
export interface PlainOrder {
  readonly min: number;
  readonly max: number;
  /** Hexadecimal, as all below. */
  readonly commitments: readonly string[];
  readonly verifyingShares: readonly string[];
  readonly shares: readonly { readonly identifier: number; readonly share: string }[];
  readonly signatures: number;
}

process.once('message', (order: PlainOrder) => {
  const key: PlainKey = {
    wallet: {
      epoch: 1,
      nodeSetHash: new Uint8Array(32),
      min: order.min,
      max: order.max,
      commitments: order.commitments.map(fromHex),
      verifyingShares: order.verifyingShares.map(fromHex),
    },
    shares: order.shares.map(({ identifier, share }) => ({ identifier, share: fromHex(share) })),
  };
  const times = Array.from({ length: order.signatures }, () => {
    const message = systemRandom(200);
    const startedMs = performance.now();
    signPlainly(key, message);
    return performance.now() - startedMs;
  });
  process.send?.({ times }, () => process.exit(0));
});
