import type { Stores } from '../database/stores.ts';
import type { GroupState } from './apply-commit.ts';
import type { GroupLeaf, GroupMember, LockedGroup } from './groups.store.ts';

/** A group as its rows stand, read under its lock. */
export interface LoadedGroup {
  readonly row: LockedGroup;
  readonly members: readonly GroupMember[];
  readonly leaves: readonly GroupLeaf[];
  readonly state: GroupState;
}

/** Locks one group and reads who is in it. Null when there is none. */
export async function loadGroup(
  stores: Pick<Stores, 'groups'>,
  groupId: string,
): Promise<LoadedGroup | null> {
  const [row] = await stores.groups.lock([groupId]);
  if (row === undefined) return null;
  const members = await stores.groups.members([groupId]);
  const leaves = await stores.groups.leaves([groupId]);
  const accounts = await stores.groups.accountsAmong(members.map((member) => member.account_id));
  const deleted = new Set([...accounts].filter(([, { isDeleted }]) => isDeleted).map(([id]) => id));
  const state: GroupState = {
    kind: row.kind,
    members: new Map(members.map(({ account_id, role, state }) => [account_id, { role, state }])),
    leaves: new Map(
      leaves.map((leaf) => [
        leaf.leaf_index,
        { accountId: leaf.account_id, deviceId: leaf.device_id, isEnded: leaf.is_ended },
      ]),
    ),
    deleted,
    pair: pairOf(row),
  };
  return { row, members, leaves, state };
}

export function pairOf(row: Pick<LockedGroup, 'low_account_id' | 'high_account_id'>): string[] {
  return [row.low_account_id, row.high_account_id].filter((id) => id !== null);
}

/** Devices that get what is said in a group now: those of members that are in, whose sessions live. */
export function listeningDevices(
  members: readonly Pick<GroupMember, 'account_id' | 'state'>[],
  leaves: readonly GroupLeaf[],
): GroupLeaf[] {
  const isIn = new Set(members.filter(({ state }) => state === 'in').map((member) => member.account_id));
  return leaves.filter((leaf) => !leaf.is_ended && isIn.has(leaf.account_id));
}
