import { type EraseAnswer, type EraseRequest, isEraseWithdrawalGood } from '@hexkey/protocol';
import type { TrustedTime } from '../clock/guarded-clock.ts';
import type { OperationDeps } from '../operation.ts';
import { type Change, changeRecord } from '../records/change-record.ts';
import { recordIdOf } from '../records/record-id.ts';
import { ownerOf } from './owner-of.ts';

/**
 * The owner has come back: orders they signed before are worth nothing here any more.
 * @throws {NodeRefusal} 503 after too many lost races
 */
export async function withdrawErase(
  deps: OperationDeps,
  time: TrustedTime,
  { user, withdrawal }: Extract<EraseRequest, { kind: 'WithdrawErase' }>,
): Promise<EraseAnswer> {
  const subject = { user, nodeSetHash: deps.moves.nodeSetHash };
  const place = { recordId: recordIdOf(user), owner: { realmId: deps.realmId, user }, time };
  const done: EraseAnswer = { kind: 'WithdrawErase', outcome: 'Ok' };
  return changeRecord<EraseAnswer>(deps, place, (record): Change<EraseAnswer, never> => {
    const owner = ownerOf(record);
    if (owner === null || !isEraseWithdrawalGood(subject, withdrawal, owner, deps.verify))
      return { keep: { kind: 'WithdrawErase', outcome: 'Refused' } };
    if (withdrawal.sequence <= record.eraseWithdrawnBelow) return { keep: done };
    return { write: { ...record, eraseWithdrawnBelow: withdrawal.sequence }, event: null, result: done };
  });
}
