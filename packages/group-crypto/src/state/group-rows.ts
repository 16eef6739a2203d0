import { decodeGroupState, encodeGroupState, type GroupState, type SecretTree } from 'ts-mls';
import { encode } from 'ts-mls/codec/tlsEncoder.js';
import { decodeEpochReceiverData, epochReceiverDataEncoder } from 'ts-mls/epochReceiverData.js';
import type { Roster } from '../identity/roster.ts';
import type { GroupChange, GroupStore } from '../store/group-store.ts';
import { type EpochReceiver, endedEpoch, epochOf, type HeldGroup, type PastEpoch } from './held-group.ts';
import { rowBytes, rowOf } from './row-codec.ts';
import { epochKey, secretTreeOf, secretTreeRows } from './secret-tree-rows.ts';

interface StateRow {
  readonly state: Uint8Array;
  readonly roster: Roster;
}

export async function loadGroup(store: GroupStore, groupId: string): Promise<HeldGroup | null> {
  const row = await store.get('groups', groupId);
  if (row === null) return null;
  const { state: bytes, roster } = rowOf<StateRow>(row);
  const bare = stateOf(bytes);
  const ratchets = await store.list('secret-trees', `${groupId}/`);
  const treeOf = (epoch: number): SecretTree =>
    secretTreeOf(ratchets.filter(({ key }) => key.startsWith(`${epochKey(groupId, epoch)}/`)));
  const past = (await store.list('past-epochs', `${groupId}/`)).map(({ value }) => {
    const { receiver, roster } = rowOf<{ receiver: Uint8Array; roster: Roster }>(value);
    const data = receiverOf(receiver);
    const epoch = Number(data.groupContext.epoch);
    return { epoch, receiver: data, secretTree: treeOf(epoch), roster };
  });
  const state = { ...bare, secretTree: treeOf(Number(bare.groupContext.epoch)) };
  return { groupId, state, roster, past };
}

/** Replaces a group by what it is after a commit. `before`: null when there was none. */
export function groupChanges(before: HeldGroup | null, after: HeldGroup): GroupChange[] {
  const row: StateRow = { state: stateBytes(after.state), roster: after.roster };
  const rows = new Map<string, GroupChange>();
  const change = (one: GroupChange) => rows.set(`${one.table}/${one.key}`, one);
  if (before !== null) for (const gone of forgetChanges(before)) change(gone);
  const was = before === null ? [] : [...before.past, endedEpoch(before)];
  for (const past of after.past) {
    const isKept = was.some(
      ({ epoch, secretTree }) => epoch === past.epoch && secretTree === past.secretTree,
    );
    // The rows of an epoch stay as they are when it ends.
    for (const { key, value } of secretTreeRows(after.groupId, past.epoch, past.secretTree))
      if (isKept) rows.delete(`secret-trees/${key}`);
      else change({ table: 'secret-trees', key, value });
    const key = epochKey(after.groupId, past.epoch);
    if (before?.past.some(({ epoch }) => epoch === past.epoch)) rows.delete(`past-epochs/${key}`);
    else change({ table: 'past-epochs', key, value: pastBytes(past) });
  }
  change({ table: 'groups', key: after.groupId, value: rowBytes(row) });
  for (const { key, value } of secretTreeRows(after.groupId, epochOf(after), after.state.secretTree))
    change({ table: 'secret-trees', key, value });
  return [...rows.values()];
}

/** Takes away every row of a group's state. */
export function forgetChanges(group: HeldGroup): GroupChange[] {
  const epochs = [...group.past, endedEpoch(group)];
  return [
    { table: 'groups', key: group.groupId, value: null },
    ...group.past.map(
      ({ epoch }): GroupChange => ({
        table: 'past-epochs',
        key: epochKey(group.groupId, epoch),
        value: null,
      }),
    ),
    ...epochs.flatMap(({ epoch, secretTree }) =>
      secretTreeRows(group.groupId, epoch, secretTree).map(
        ({ key }): GroupChange => ({ table: 'secret-trees', key, value: null }),
      ),
    ),
  ];
}

/** A state without its secret tree, which has a row of its own. */
export function stateBytes(state: GroupState): Uint8Array {
  return encodeGroupState({ ...state, secretTree: [], historicalReceiverData: new Map() });
}

export function stateOf(bytes: Uint8Array): GroupState {
  return whole(decodeGroupState(bytes, 0));
}

const none = new Uint8Array(0);

function pastBytes({ receiver, roster }: PastEpoch): Uint8Array {
  const data = { ...receiver, secretTree: [], resumptionPsk: none };
  return rowBytes({ receiver: encode(epochReceiverDataEncoder)(data), roster });
}

function receiverOf(bytes: Uint8Array): EpochReceiver {
  const { ratchetTree, groupContext, senderDataSecret } = whole(decodeEpochReceiverData(bytes, 0));
  return { ratchetTree, groupContext, senderDataSecret };
}

/** @throws {Error} a row this package has not written: the store is broken */
function whole<T>(decoded: [T, number] | undefined): T {
  if (decoded === undefined) throw new Error('a row of the group store cannot be read');
  return decoded[0];
}
