import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject } from '../limits/subjects.ts';
import { mayReach } from '../privacy/may-reach.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { lockDevices, takenBefore } from './commit-to-group.ts';
import { loadGroup } from './group-state.ts';
import { type ReadCommit, readCommit } from './read-commit.ts';
import { type Taken, takeCommit } from './take-commit.ts';

type Body = BodyOf<typeof routes.createGroup>;

/**
 * Begins a group with the first commit of its creator, who sits alone at leaf 0 before it. A pair has one direct conversation.
 * @throws {DomainError} `GroupExists`, `NotAPerson`, `NotFound` (person), `InvalidField`, `TooMany`, and what `takeCommit` throws
 */
export async function createGroup(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  caller: Caller,
  body: Body,
): Promise<Taken> {
  const pair = pairFor(caller.account.id, body);
  const read = readCommit(body.groupId, body);
  const { committer, epoch } = read.delta;
  if (epoch !== 0 || !('leafIndex' in committer) || committer.leafIndex !== 0)
    throw invalidField('commit', 'not the first of its group');
  return await deps.transact(async (stores) => {
    const live = await lockDevices(stores, caller, read);
    const before = await takenBefore(stores, caller, body.groupId, body.clientMessageId);
    if (before !== null) return before;
    await enforceLimit(deps, stores, 'groupsPerAccount', accountSubject(deps.keys, caller.account.id));
    await begin(stores, caller, body, pair, read);
    const group = await loadGroup(stores, body.groupId);
    if (group === null) throw new Error('a group that was just added is there');
    const taken = await takeCommit(deps, stores, group, read, live, caller, body.clientMessageId);
    if (body.peerAccountId !== null)
      await keepPeer(stores, caller.account.id, body.peerAccountId, body.groupId);
    return taken;
  });
}

/** The lower id first; null for a group. */
function pairFor(ownId: string, { kind, peerAccountId }: Body): readonly [string, string] | null {
  if ((kind === 'direct') !== (peerAccountId !== null))
    throw invalidField('peerAccountId', 'belongs to a direct conversation');
  if (peerAccountId === null) return null;
  if (peerAccountId === ownId) throw new DomainError('NotAPerson', { reason: 'yourself' });
  return ownId < peerAccountId ? [ownId, peerAccountId] : [peerAccountId, ownId];
}

async function begin(
  stores: Stores,
  { account, session }: Caller,
  { groupId, kind, peerAccountId }: Body,
  pair: readonly [string, string] | null,
  { groupInfo }: ReadCommit,
): Promise<void> {
  if (peerAccountId !== null) {
    const peer = (await stores.groups.accountsAmong([peerAccountId])).get(peerAccountId);
    if (peer === undefined) throw new DomainError('NotFound', { what: 'person' });
    if (peer.isDeleted) throw new DomainError('NotAPerson', { reason: 'deleted' });
  }
  const isAdded = await stores.groups.add({
    id: groupId,
    kind,
    low_account_id: pair?.[0] ?? null,
    high_account_id: pair?.[1] ?? null,
    created_by_device_id: session.id,
    epoch: 0,
    group_info: groupInfo,
    position: 0,
    last_sent_at_ms: 0,
  });
  if (!isAdded) {
    const there = pair === null ? null : await stores.groups.findDirect(...pair);
    throw new DomainError('GroupExists', { groupId: there ?? groupId });
  }
  await stores.groups.putMembers([
    {
      group_id: groupId,
      account_id: account.id,
      role: kind === 'direct' ? 'member' : 'owner',
      state: 'in',
    },
  ]);
  await stores.groups.addLeaves([
    {
      group_id: groupId,
      leaf_index: 0,
      account_id: account.id,
      device_id: session.id,
      joined_epoch: 0,
      is_ended: false,
    },
  ]);
}

/** The other side belongs to the pair also while none of its devices could be added. */
async function keepPeer(
  stores: Stores,
  senderId: string,
  receiverId: string,
  groupId: string,
): Promise<void> {
  const members = await stores.groups.members([groupId]);
  if (members.some((member) => member.account_id === receiverId)) return;
  const [isAllowed] = await mayReach(stores, [{ senderId, receiverId, purpose: 'message' }]);
  await stores.groups.putMembers([
    {
      group_id: groupId,
      account_id: receiverId,
      role: 'member',
      state: isAllowed === true ? 'in' : 'refused',
    },
  ]);
}
