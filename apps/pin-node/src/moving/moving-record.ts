import { equalBytes, type MovedWallet, walletPackageHash } from '@hexkey/protocol';
import type { PinRecord } from '../records/pin-record.ts';

/** More interrupted moves of one account than these are not held at a time. */
export const maxArrivals = 4;

/** Whether this node has a share of a wallet, or one of a wallet whose creation is under way. */
export function holdsWallet({ wallet }: PinRecord): boolean {
  return wallet.committed !== null || wallet.staged.length > 0;
}

/** Whether erasing the record would lose a share that the nodes of the other set do not stand in for. @param moved what t of them hold */
export function losesWallet({ wallet }: PinRecord, moved: MovedWallet | null): boolean {
  const { committed, staged } = wallet;
  if (committed === null) return staged.length > 0 && moved === null;
  return moved === null || !equalBytes(moved.left, walletPackageHash(committed.package));
}

/** Whether first records of the account are out of place here: its PIN is on the way to this node, or has left it. */
export function isMoving({ committed, departure, arrivals }: PinRecord): boolean {
  return departure !== null || (committed === null && arrivals.length > 0);
}
