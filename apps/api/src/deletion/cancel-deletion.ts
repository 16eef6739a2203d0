import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { isEraseWithdrawalGood, verifyEd25519 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { eraseSubjectIn, realmIdsOf, requireNodeSet } from './erase-subject.ts';

/**
 * The account stays. The withdrawal is kept and told to every node, so that one that was away when the client told them obeys no order that
 * somebody kept. Taking back what was taken back already changes nothing.
 * @throws {DomainError} `SessionEnded` when the day has come meanwhile, `InvalidField` (sequence, signature)
 */
export async function cancelDeletion(
  deps: Pick<Deps, 'clock' | 'random' | 'transact' | 'nodeSets'>,
  { session, account }: Caller,
  body: BodyOf<typeof routes.cancelDeletion>,
  address: string,
): Promise<void> {
  const { sequence } = body;
  const signature = readBytes(body.signature, 'signature');
  await deps.transact(async (stores) => {
    const deletion = await stores.deletions.lock(account.id);
    if (deletion?.state === 'executed') throw new DomainError('SessionEnded', {});
    if (deletion?.state !== 'pending') return;
    if (sequence <= deletion.sequence) throw invalidField('sequence', 'not above the one that is taken back');
    const set = requireNodeSet(deps, deletion.node_set_hash);
    const subject = eraseSubjectIn(set, account.id);
    const owner = account.pin_auth_key ?? new Uint8Array(32);
    if (!isEraseWithdrawalGood(subject, { sequence, signature }, owner, verifyEd25519))
      throw invalidField('signature', 'does not verify');
    await stores.deletions.put({ ...deletion, sequence, signature, state: 'withdrawn' });
    await stores.deletions.addDeliveries(account.id, realmIdsOf(set), deps.clock.now());
    await addLogEntry(deps, stores, session, { operation: 'cancelDeletion', outcome: 'success', address });
  });
}
