import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyCommit, type GroupState, type Role } from './apply-commit.ts';
import type { CommitDelta } from './read-commit.ts';

const device = (name: string) => ({ accountId: name[0] as string, deviceId: name });
type Members = Record<string, { role: Role; state: 'in' | 'refused' | 'left' }>;

/** Leaves by index: `a1` is a device of account `a`; null is blank. */
function group(
  leaves: readonly (string | null)[],
  members: Members = {},
  kind: 'direct' | 'group' = 'group',
): GroupState {
  const accounts = [...new Set(leaves.filter((name) => name !== null).map((name) => name[0] as string))];
  return {
    kind,
    members: new Map(
      [...new Set([...accounts, ...Object.keys(members)])].map((id) => [
        id,
        members[id] ?? {
          role: id === 'a' && kind === 'group' ? ('owner' as const) : ('member' as const),
          state: 'in' as const,
        },
      ]),
    ),
    leaves: new Map(
      leaves.flatMap((name, index) =>
        name === null ? [] : [[index, { ...device(name), isEnded: false }] as const],
      ),
    ),
    deleted: new Set(['z']),
    pair: kind === 'direct' ? ['a', 'b'] : [],
  };
}
const commit = (
  committer: number | string,
  added: readonly string[] = [],
  removedLeaves: readonly number[] = [],
): CommitDelta => ({
  groupId: 'g',
  epoch: 1,
  committer: typeof committer === 'number' ? { leafIndex: committer } : { joiner: device(committer) },
  added: added.map(device),
  removedLeaves,
});
const judge = (state: GroupState, delta: CommitDelta, by: string, max = 256) =>
  applyCommit(state, delta, device(by), max);

test('added leaves fill the leftmost blanks, removed ones first; an external joiner does too', () => {
  expect(judge(group(['a1', 'b1', null, 'c1']), commit(0, ['d1', 'e1', 'f1'], [1]), 'a1')).toMatchObject({
    newLeaves: [
      { deviceId: 'd1', leafIndex: 1 },
      { deviceId: 'e1', leafIndex: 2 },
      { deviceId: 'f1', leafIndex: 4 },
    ],
    gone: ['b'],
    broughtIn: ['d', 'e', 'f'],
  });
  expect(judge(group(['a1', 'b1', 'c1']), commit('b2', [], [1]), 'b2')).toMatchObject({
    newLeaves: [{ deviceId: 'b2', leafIndex: 1 }],
    gone: [],
    broughtIn: [],
  });
});

test('a commit counts for the device that sits at its leaf, and for no other', () => {
  expect(judge(group(['a1', 'b1']), commit(0, ['c1']), 'b1')).toBe('misfit');
  expect(judge(group(['a1', 'b1']), commit(5), 'a1')).toBe('misfit');
  expect(judge(group(['a1', 'b1']), commit('b2'), 'b3')).toBe('misfit');
  expect(judge(group(['a1', 'b1']), commit(0), 'c1')).toBe('not-a-member');
  expect(judge(group(['a1', 'b1']), commit('c1'), 'c1')).toBe('not-a-member');
});

test('others are added and removed by owner and admins, and nobody removes the owner', () => {
  const roles: Members = { b: { role: 'admin', state: 'in' }, c: { role: 'member', state: 'in' } };
  const state = group(['a1', 'b1', 'c1', 'd1'], roles);
  expect(judge(state, commit(2, ['e1']), 'c1')).toBe('not-allowed');
  expect(judge(state, commit(2, [], [3]), 'c1')).toBe('not-allowed');
  expect(judge(state, commit(1, ['e1'], [3]), 'b1')).toMatchObject({ broughtIn: ['e'], gone: ['d'] });
  expect(judge(state, commit(1, [], [0]), 'b1')).toBe('not-allowed');
  expect(judge(state, commit(0, [], [1]), 'a1')).toMatchObject({ gone: ['b'] });
});

test('anybody adds and removes own devices, and clears away who left or was deleted', () => {
  const state = group(['a1', 'b1', 'b2', 'c1', 'z1'], { c: { role: 'member', state: 'left' } });
  expect(judge(state, commit(1, ['b3'], [2, 3, 4]), 'b1')).toMatchObject({
    removedLeaves: [2, 3, 4],
    newLeaves: [{ deviceId: 'b3', leafIndex: 2 }],
    gone: ['c', 'z'],
    broughtIn: [],
  });
});

test('a device has one leaf; its own leaf and one that is not there cannot be removed, nor one twice', () => {
  const state = group(['a1', 'b1']);
  expect(judge(state, commit(0, ['b1']), 'a1')).toBe('misfit');
  expect(judge(state, commit(0, ['c1', 'c1']), 'a1')).toBe('misfit');
  expect(judge(state, commit(0, ['b1'], [1]), 'a1')).toMatchObject({
    newLeaves: [{ leafIndex: 1 }],
    gone: [],
  });
  for (const removed of [[0], [7], [1, 1]]) expect(judge(state, commit(0, [], removed), 'a1')).toBe('misfit');
});

test('an external joiner removes leaves of its own account only, and adds nobody else', () => {
  const state = group(['a1', 'b1', 'c1']);
  expect(judge(state, commit('b2', [], [2]), 'b2')).toBe('not-allowed');
  expect(judge(state, commit('b2', ['d1']), 'b2')).toBe('misfit');
});

test('who was refused comes in by itself; who left a group does not, and either side of a pair always does', () => {
  const refused = group(['a1', 'b1'], { b: { role: 'member', state: 'refused' } });
  expect(judge(refused, commit('b2', [], [1]), 'b2')).toMatchObject({ cameBack: true });
  expect(judge(refused, commit(1, []), 'b1')).toBe('not-a-member');
  const left = { b: { role: 'member', state: 'left' } } as const;
  expect(judge(group(['a1', 'b1'], left), commit('b2'), 'b2')).toBe('not-a-member');
  expect(judge(group(['a1'], left, 'direct'), commit('b2'), 'b2')).toMatchObject({ cameBack: true });
});

test('a pair stays a pair: nobody else is added, both may bring the other back, and neither is ever gone', () => {
  const state = group(['a1', 'b1'], { b: { role: 'member', state: 'refused' } }, 'direct');
  expect(judge(state, commit(0, ['c1']), 'a1')).toBe('not-allowed');
  expect(judge(state, commit(0, ['b2'], [1]), 'a1')).toMatchObject({ broughtIn: ['b'], gone: [] });
  expect(judge(state, commit(0, [], [1]), 'a1')).toMatchObject({ gone: [] });
});

test('any member replaces the leaves of another, the owner’s too, by others of the same account; who was refused or is nobody is not so brought in', () => {
  const refused = { d: { role: 'member', state: 'refused' } } as const;
  const state = group(['a1', 'b1', 'c1', 'd1'], refused);
  const renewed = { broughtIn: [], gone: [], newLeaves: [{ deviceId: 'a2', leafIndex: 0 }] };
  expect(judge(state, commit(1, ['a2'], [0]), 'b1')).toMatchObject(renewed);
  expect(judge(state, commit(1, ['a2'], [0, 2]), 'b1')).toBe('not-allowed');
  expect(judge(state, commit(1, ['a2']), 'b1')).toBe('not-allowed');
  expect(judge(state, commit(1, ['c2'], [0]), 'b1')).toBe('not-allowed');
  expect(judge(state, commit(1, ['d2'], [3]), 'b1')).toBe('not-allowed');
});

test('an account has five leaves of live devices and ten in all; it may always replace what it has', () => {
  const full = group(['a1', 'b1', 'b2', 'b3', 'b4', 'b5']);
  expect(judge(full, commit('b6'), 'b6')).toBe('misfit');
  expect(judge(full, commit(0, ['b6']), 'a1')).toBe('misfit');
  expect(judge(full, commit('b6', [], [1]), 'b6')).toMatchObject({ newLeaves: [{ leafIndex: 1 }] });
  const ended = (count: number): GroupState => {
    const leaves = new Map(full.leaves);
    for (let index = 1; index <= count; index += 1)
      leaves.set(index, { ...device(`b${index}`), isEnded: true });
    return { ...full, leaves };
  };
  expect(judge(ended(9), commit('b99'), 'b99')).toMatchObject({ newLeaves: [{ leafIndex: 10 }] });
  expect(judge(ended(10), commit('b99'), 'b99')).toBe('misfit');
  expect(judge(ended(10), commit('b99', [], [1]), 'b99')).toMatchObject({ newLeaves: [{ leafIndex: 1 }] });
});

test('a group is full by accounts, not by devices', () => {
  const state = group(['a1', 'b1', 'c1']);
  expect(judge(state, commit(0, ['d1']), 'a1', 3)).toBe('full');
  expect(judge(state, commit(0, ['b2', 'a2']), 'a1', 3)).toMatchObject({ broughtIn: [] });
  expect(judge(state, commit(0, ['d1'], [2]), 'a1', 3)).toMatchObject({ gone: ['c'] });
});

test('whatever commits come: no leaf has two devices, no device two leaves, and only members act', () => {
  const names = fc.constantFrom('a1', 'a2', 'b1', 'b2', 'c1', 'c2', 'd1', 'z1');
  const attempt = fc.record({
    by: names,
    external: fc.boolean(),
    added: fc.array(names, { maxLength: 3 }),
    removed: fc.array(fc.nat(6), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 25 }), (attempts) => {
      let leaves = new Map<number, string>([[0, 'a1']]);
      let members = new Set(['a']);
      for (const { by, external, added, removed } of attempts) {
        const at = [...leaves].find(([, name]) => name === by)?.[0] ?? 9;
        const size = Math.max(...leaves.keys()) + 1;
        const row = [...Array(size).keys()].map((index) => leaves.get(index) ?? null);
        const outcome = judge(
          group(
            row,
            Object.fromEntries([...members].map((id) => [id, { role: 'owner', state: 'in' } as const])),
          ),
          commit(external ? by : at, external ? [] : added, removed),
          by,
        );
        if (typeof outcome === 'string') continue;
        expect(members.has(by[0] as string)).toBe(true);
        leaves = new Map([...leaves].filter(([index]) => !outcome.removedLeaves.includes(index)));
        for (const { leafIndex, deviceId } of outcome.newLeaves) {
          expect(leaves.has(leafIndex)).toBe(false);
          expect([...leaves.values()]).not.toContain(deviceId);
          leaves.set(leafIndex, deviceId);
        }
        members = new Set([...members, ...outcome.broughtIn].filter((id) => !outcome.gone.includes(id)));
        for (const name of leaves.values()) expect(members.has(name[0] as string)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
