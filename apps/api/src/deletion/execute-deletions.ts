import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { leaveGroups } from '../groups/leave-groups.ts';
import { tellOfLostContacts } from '../recovery-contacts/tell-of-lost-contacts.ts';
import type { AccountDeletion } from './deletions.store.ts';
import { findNodeSet, realmIdsOf } from './erase-subject.ts';

type ExecuteDeps = Pick<Deps, 'clock' | 'random' | 'teamKey' | 'transact' | 'nodeSets'>;

/**
 * Deletes every account whose day has come, each in a transaction of its own: a server that stops in the middle has deleted it or has not,
 * and of several instances one holds the row. The nodes are told afterwards (`deliverOrders`).
 * @returns how many
 */
export async function executeDeletions(deps: ExecuteDeps): Promise<number> {
  for (let count = 0; ; count += 1) {
    const isDone = await deps.transact(async (stores) => {
      const due = await stores.deletions.lockDue(deps.clock.now());
      if (due === null) return true;
      await executeDeletion(deps, stores, due);
      return false;
    });
    if (isDone) return count;
  }
}

async function executeDeletion(
  deps: ExecuteDeps,
  stores: Stores,
  { account_id: accountId, node_set_hash }: AccountDeletion,
): Promise<void> {
  const nowMs = deps.clock.now();
  await stores.sessions.dropAll(accountId);
  await leaveGroups(deps, stores, accountId);
  await stores.deletions.eraseRows(accountId, nowMs);
  await stores.deletions.markExecuted(accountId);
  const realmIds = realmIdsOf(findNodeSet(deps, node_set_hash));
  await stores.deletions.addDeliveries(accountId, realmIds, nowMs);
  await tellOfLostContacts(deps, stores, accountId);
}
