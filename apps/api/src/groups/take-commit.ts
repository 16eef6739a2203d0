import { DomainError, maxGroupMembers } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import { mayReach } from '../privacy/may-reach.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { applyCommit, type CommitChange, type CommitRefusal } from './apply-commit.ts';
import { type LoadedGroup, listeningDevices } from './group-state.ts';
import type { GroupLeaf, GroupMember } from './groups.store.ts';
import type { ReadCommit } from './read-commit.ts';
import { keptForMs, writeToGroup } from './write-to-group.ts';

/** The answer of a commit, and of its repetition. */
export interface Taken {
  readonly epoch: number;
  readonly sentAtMs: number;
}

/**
 * Carries a commit out under the lock of its group: who is in, the next epoch, the commit to everybody who was in and to the committer, then
 * the welcome to the devices it lets in.
 * @param live full sessions among the committer's and the added devices, by id, each with its account; locked, so that none ends meanwhile
 * @throws {DomainError} `NotAMember`, `Forbidden`, `GroupFull`, `NotAPerson`, `InvalidField` (commit, groupInfo)
 */
export async function takeCommit(
  deps: Pick<Deps, 'clock' | 'random'>,
  stores: Stores,
  group: LoadedGroup,
  read: ReadCommit,
  live: ReadonlyMap<string, string>,
  caller: Caller,
  clientMessageId: string,
): Promise<Taken> {
  const by = { accountId: caller.account.id, deviceId: caller.session.id };
  const change = applyCommit(group.state, read.delta, by, maxGroupMembers);
  if (typeof change === 'string') throw refusalFor(change);
  requireSeats(group, change, read);
  const { id, epoch } = group.row;
  const newLeaves = change.newLeaves.map((leaf): GroupLeaf => {
    const account = live.get(leaf.deviceId);
    if (account !== undefined && account !== leaf.accountId)
      throw invalidField('commit', 'a device of another account');
    return {
      group_id: id,
      leaf_index: leaf.leafIndex,
      account_id: leaf.accountId,
      device_id: leaf.deviceId,
      joined_epoch: epoch + 1,
      // It logged out between the claim and this commit: the leaf is there, and nobody behind it.
      is_ended: account === undefined,
    };
  });
  const broughtIn = await judgeNewMembers(deps, stores, group, change, by.accountId);
  const own = group.members.find((member) => member.account_id === by.accountId) as GroupMember;
  const cameBack: GroupMember[] = change.cameBack ? [{ ...own, state: 'in' }] : [];

  await stores.groups.dropLeaves(id, change.removedLeaves);
  await stores.groups.addLeaves(newLeaves);
  await stores.groups.putMembers([...broughtIn, ...cameBack]);
  await stores.groups.dropMembers(id, change.gone);
  await stores.groupInvites.dropRequests(id, change.broughtIn);

  const from = {
    sender_account_id: by.accountId,
    sender_device_id: by.deviceId,
    client_message_id: clientMessageId,
  };
  const before = listeningDevices(group.members, group.leaves).filter(
    (leaf) => leaf.device_id !== by.deviceId,
  );
  const toEverybody = [...before, { account_id: by.accountId, device_id: by.deviceId }];
  const nowIn = new Set(
    [...group.members, ...broughtIn, ...cameBack]
      .filter(({ state }) => state === 'in')
      .map((member) => member.account_id),
  );
  const toNew = newLeaves.filter(
    (leaf) => leaf.device_id !== by.deviceId && !leaf.is_ended && nowIn.has(leaf.account_id),
  );
  const { row, firstId, sentAtMs } = await writeToGroup(deps, stores, group.row, [
    { ...from, kind: 'commit', epoch, body: read.commit, to: toEverybody },
    ...(read.welcome === null
      ? []
      : [{ ...from, kind: 'welcome' as const, epoch: epoch + 1, body: read.welcome, to: toNew }]),
  ]);
  await stores.groups.advance({ ...row, epoch: epoch + 1 }, read.groupInfo);
  await stores.sentIds.add([
    {
      device_id: by.deviceId,
      client_message_id: clientMessageId,
      group_id: id,
      envelope_id: firstId,
      epoch: epoch + 1,
      sent_at_ms: sentAtMs,
      is_dropped: false,
      expires_at_ms: deps.clock.now() + keptForMs,
    },
  ]);
  return { epoch: epoch + 1, sentAtMs };
}

/** The tree that the GroupInfo shows must be the one that the commit makes of ours: who joins by it must meet whom we deliver to. */
function requireSeats(group: LoadedGroup, change: CommitChange, { seats }: ReadCommit): void {
  const expected = new Map(group.leaves.map((leaf) => [leaf.leaf_index, leaf.device_id]));
  for (const leafIndex of change.removedLeaves) expected.delete(leafIndex);
  for (const { leafIndex, deviceId } of change.newLeaves) expected.set(leafIndex, deviceId);
  const fits = [...expected].every(([leafIndex, deviceId]) => seats.get(leafIndex)?.deviceId === deviceId);
  if (!fits || seats.size !== expected.size) throw invalidField('groupInfo', 'shows other members');
}

/** Privacy on every add. Who asked to be let in and was approved needs no other permission. */
async function judgeNewMembers(
  { clock }: Pick<Deps, 'clock'>,
  stores: Stores,
  { row }: LoadedGroup,
  { broughtIn }: CommitChange,
  senderId: string,
): Promise<GroupMember[]> {
  if (broughtIn.length === 0) return [];
  const accounts = await stores.groups.accountsAmong(broughtIn);
  for (const accountId of broughtIn) {
    const account = accounts.get(accountId);
    if (account === undefined) throw invalidField('commit', 'an account that does not exist');
    if (account.isDeleted) throw new DomainError('NotAPerson', { reason: 'deleted' });
  }
  const purpose = row.kind === 'direct' ? ('message' as const) : ('group' as const);
  const allowed = await mayReach(
    stores,
    broughtIn.map((receiverId) => ({ senderId, receiverId, purpose })),
  );
  const asked = new Set(
    (await stores.groupInvites.requests(row.id, clock.now()))
      .filter((request) => request.is_approved)
      .map((request) => request.account_id),
  );
  return broughtIn.map((accountId, index) => ({
    group_id: row.id,
    account_id: accountId,
    role: 'member',
    state: allowed[index] === true || asked.has(accountId) ? 'in' : 'refused',
  }));
}

function refusalFor(refusal: CommitRefusal): DomainError {
  switch (refusal) {
    case 'not-a-member':
      return new DomainError('NotAMember', {});
    case 'not-allowed':
      return new DomainError('Forbidden', { reason: 'not-allowed' });
    case 'full':
      return new DomainError('GroupFull', { max: maxGroupMembers });
    case 'misfit':
      return invalidField('commit', 'does not fit the group');
  }
}
