import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { sessionSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { loadGroup } from './group-state.ts';
import { type ReadCommit, readCommit } from './read-commit.ts';
import { type Taken, takeCommit } from './take-commit.ts';

/**
 * Takes the next commit of a group, if nobody was faster. The same one again answers the same, also when the group has gone on since.
 * @throws {DomainError} `StaleEpoch` with the epoch that is there, `NotFound` (group), `TooMany`, and what `takeCommit` throws
 */
export async function commitToGroup(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  caller: Caller,
  body: BodyOf<typeof routes.commitToGroup>,
): Promise<Taken> {
  const read = readCommit(body.groupId, body);
  if (read.delta.epoch !== body.epoch) throw invalidField('epoch', 'is not that of the commit');
  return await deps.transact(async (stores) => {
    const live = await lockDevices(stores, caller, read);
    const group = await loadGroup(stores, body.groupId);
    if (group === null) throw new DomainError('NotFound', { what: 'group' });
    const before = await takenBefore(stores, caller, body.groupId, body.clientMessageId);
    if (before !== null) return before;
    if (!group.state.members.has(caller.account.id)) throw new DomainError('NotAMember', {});
    if (group.row.epoch !== body.epoch) throw new DomainError('StaleEpoch', { epoch: group.row.epoch });
    await enforceLimit(deps, stores, 'commitsPerDevice', sessionSubject(deps.keys, caller.session.id));
    return await takeCommit(deps, stores, group, read, live, caller, body.clientMessageId);
  });
}

/**
 * The full sessions among the committer's device and those that are added, locked: none ends before its leaf is there to be ended with it.
 * @throws {DomainError} `SessionEnded`: the committer's has ended since it was asked for
 */
export async function lockDevices(
  stores: Pick<Stores, 'sessions'>,
  { session }: Caller,
  { delta }: ReadCommit,
): Promise<ReadonlyMap<string, string>> {
  const live = await stores.sessions.lockFull([
    ...new Set([session.id, ...delta.added.map(({ deviceId }) => deviceId)]),
  ]);
  if (!live.has(session.id)) throw new DomainError('SessionEnded', {});
  return live;
}

/** What was answered when this device sent it for the first time; null when it did not. */
export async function takenBefore(
  stores: Pick<Stores, 'sentIds'>,
  { session }: Caller,
  groupId: string,
  clientMessageId: string,
): Promise<Taken | null> {
  const [sent] = await stores.sentIds.find([{ device_id: session.id, client_message_id: clientMessageId }]);
  if (sent === undefined) return null;
  if (sent.group_id !== groupId) throw invalidField('clientMessageId', 'names something else');
  return { epoch: sent.epoch, sentAtMs: sent.sent_at_ms };
}
