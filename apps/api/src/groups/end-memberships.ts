import type { Kysely } from 'kysely';
import { attachmentsStore } from '../attachments/attachments.store.ts';
import type { Tables } from '../database/tables.ts';
import { envelopesStore } from '../delivery/envelopes.store.ts';
import { groupsStore } from './groups.store.ts';

/**
 * What ends with sessions: their leaves get nothing more, and what waits for them is counted off, as no cascade of the database can do it.
 * Call in the transaction that has dropped the sessions, after it: a commit that adds one of them holds its session until it is through.
 */
export async function endMemberships(db: Kysely<Tables>, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  const groups = groupsStore(db);
  // Under the groups' locks: a message that is just being taken is queued before, and dropped here, or not queued at all.
  await groups.lock(await groups.idsOfDevices(sessionIds));
  await groups.endLeaves(sessionIds);
  await envelopesStore(db, new Set()).giveUp(sessionIds);
  await attachmentsStore(db).giveUp(sessionIds);
}
