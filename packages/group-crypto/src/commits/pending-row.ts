import type { GroupDevice, PendingCommit } from '../group-crypto.ts';
import type { Roster } from '../identity/roster.ts';
import { stateBytes, stateOf } from '../state/group-rows.ts';
import type { HeldGroup } from '../state/held-group.ts';
import { rowBytes, rowOf } from '../state/row-codec.ts';
import { readSecretTree, secretTreeBytes } from '../state/secret-tree-rows.ts';
import type { GroupChange, GroupStore } from '../store/group-store.ts';

/** A commit that waits, with the state it leads to; that state has no past of its own yet. */
export interface Pending {
  readonly commit: PendingCommit;
  readonly after: HeldGroup;
}

interface PendingRow {
  readonly commit: PendingCommit;
  readonly state: Uint8Array;
  readonly secretTree: Uint8Array;
  readonly roster: Roster;
}

export async function loadPending(store: GroupStore, groupId: string): Promise<Pending | null> {
  const value = await store.get('pending-commits', groupId);
  if (value === null) return null;
  const { commit, state, secretTree, roster } = rowOf<PendingRow>(value);
  const after = { ...stateOf(state), secretTree: readSecretTree(secretTree) };
  return { commit, after: { groupId, state: after, roster, past: [] } };
}

export function pendingChange({ commit, after }: Pending): GroupChange {
  const row: PendingRow = {
    commit,
    state: stateBytes(after.state),
    secretTree: secretTreeBytes(after.state.secretTree),
    roster: after.roster,
  };
  return { table: 'pending-commits', key: commit.groupId, value: rowBytes(row) };
}

export const dropPending = (groupId: string): GroupChange => ({
  table: 'pending-commits',
  key: groupId,
  value: null,
});

export const nameOnly = ({ accountId, deviceId }: GroupDevice): GroupDevice => ({ accountId, deviceId });
