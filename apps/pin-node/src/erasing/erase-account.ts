import { type EraseAnswer, type EraseRequest, isEraseOrderGood } from '@hexkey/protocol';
import type { TrustedTime } from '../clock/guarded-clock.ts';
import type { OperationDeps } from '../operation.ts';
import { recordIdOf } from '../records/record-id.ts';
import { NodeRefusal } from '../refusal.ts';
import { ownerOf } from './owner-of.ts';

/** Rivals that write first before this request gives up; an account that is to be erased has hardly one. */
const maxLostRaces = 64;
const retryAfterMs = 1000;

/**
 * Forgets an account: PIN record, share of its wallet, devices, log. On and after the day its owner signed, unless they took it back. Nothing
 * is kept that says so, and a copy of the database that is put back is erased by the same order (docs/protocol/pin-node.md section 11).
 * @throws {NodeRefusal} 503 after too many lost races, and then nothing was erased
 */
export async function eraseAccount(
  deps: OperationDeps,
  { nowMs }: TrustedTime,
  { user, order }: Extract<EraseRequest, { kind: 'Erase' }>,
): Promise<EraseAnswer> {
  const recordId = recordIdOf(user);
  const subject = { user, nodeSetHash: deps.moves.nodeSetHash };
  const answer = (outcome: EraseAnswer['outcome']) => ({ kind: 'Erase', outcome }) as EraseAnswer;
  for (let lostRaces = 0; lostRaces < maxLostRaces; lostRaces += 1) {
    const stored = await deps.store.read(recordId);
    if (stored === null) return answer('Ok');
    const { record, revision } = stored;
    const owner = ownerOf(record);
    // Where the account moved on nothing is kept of it but where to: an order for this set says nothing about that.
    if (owner === null || !isEraseOrderGood(subject, order, owner, deps.verify)) return answer('Refused');
    if (order.sequence < record.eraseWithdrawnBelow) return answer('Withdrawn');
    if (nowMs < order.effectiveAtMs) return answer('NotYet');
    if (await deps.store.erase(recordId, revision)) return answer('Ok');
  }
  throw new NodeRefusal(503, 'this account is busy', retryAfterMs);
}
