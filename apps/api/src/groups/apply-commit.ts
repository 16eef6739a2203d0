import { maxListedDevices } from '@hexkey/protocol';
import type { CommitDelta, CommittedDevice } from './read-commit.ts';

/** Everything about a group that decides over a commit. */
export interface GroupState {
  readonly kind: 'direct' | 'group';
  readonly members: ReadonlyMap<string, { readonly role: Role; readonly state: MemberState }>;
  readonly leaves: ReadonlyMap<number, CommittedDevice & { readonly isEnded: boolean }>;
  /** Accounts among the members that are tombstones. */
  readonly deleted: ReadonlySet<string>;
  /** A direct conversation's two accounts, empty for a group: they stay members with or without a leaf. */
  readonly pair: readonly string[];
}
export type Role = 'owner' | 'admin' | 'member';
export type MemberState = 'in' | 'refused' | 'left';

/** What a commit changes in a group. */
export interface CommitChange {
  readonly removedLeaves: readonly number[];
  /** The committer's of an external commit too. */
  readonly newLeaves: readonly (CommittedDevice & { readonly leafIndex: number })[];
  /** Accounts that somebody else adds, new or out before: privacy decides whether they are in. */
  readonly broughtIn: readonly string[];
  /** The committer's account, when it comes back by itself. */
  readonly cameBack: boolean;
  /** Accounts whose last leaf somebody else has removed. */
  readonly gone: readonly string[];
}

/** Leaves of one account: a device list names five, and as many may wait to be taken out. */
const maxLeaves = { live: maxListedDevices, all: 2 * maxListedDevices } as const;

export type CommitRefusal = 'not-a-member' | 'not-allowed' | 'full' | 'misfit';

/**
 * Judges a commit and says what it changes (docs/protocol/messaging.md section 3). Leaves get their places as RFC 9420 section 12.1.1 has it:
 * each added one the leftmost blank, after the removals; the joiner of an external commit likewise (section 12.4.3.2).
 * @param by the device that hands the commit in
 */
export function applyCommit(
  group: GroupState,
  delta: CommitDelta,
  by: CommittedDevice,
  maxMembers: number,
): CommitChange | CommitRefusal {
  const own = group.members.get(by.accountId);
  const isExternal = 'joiner' in delta.committer;
  if (own === undefined || !mayTakePart(group, own.state, isExternal)) return 'not-a-member';
  if ('joiner' in delta.committer) {
    if (!isSame(delta.committer.joiner, by)) return 'misfit';
    if (delta.added.length > 0) return 'misfit';
  } else {
    const leaf = group.leaves.get(delta.committer.leafIndex);
    if (leaf === undefined || !isSame(leaf, by)) return 'misfit';
    if (delta.removedLeaves.includes(delta.committer.leafIndex)) return 'misfit';
  }
  const removal = judgeRemoval(group, delta, by, isExternal);
  if (removal !== null) return removal;

  const leaves = new Map(group.leaves);
  for (const leafIndex of delta.removedLeaves) leaves.delete(leafIndex);
  const newcomers = 'joiner' in delta.committer ? [delta.committer.joiner] : delta.added;
  const newLeaves: (CommittedDevice & { readonly leafIndex: number })[] = [];
  for (const device of newcomers) {
    if ([...leaves.values()].some((leaf) => leaf.deviceId === device.deviceId)) return 'misfit';
    if (!mayAdd(group, own.role, device.accountId, delta, by)) return 'not-allowed';
    const leafIndex = leftmostBlank(leaves);
    leaves.set(leafIndex, { ...device, isEnded: false });
    newLeaves.push({ ...device, leafIndex });
  }

  if (newLeaves.some(({ accountId }) => isCrowded(group, leaves, accountId))) return 'misfit';
  const present = new Set([...leaves.values()].map(({ accountId }) => accountId));
  const gone = accountsOf(group, delta.removedLeaves).filter(
    (accountId) => !present.has(accountId) && accountId !== by.accountId && !group.pair.includes(accountId),
  );
  const broughtIn = [...new Set(delta.added.map(({ accountId }) => accountId))].filter(
    (accountId) => accountId !== by.accountId && group.members.get(accountId)?.state !== 'in',
  );
  const members = new Set([...group.members.keys(), ...broughtIn].filter((id) => !gone.includes(id)));
  if (members.size > maxMembers) return 'full';
  return { removedLeaves: delta.removedLeaves, newLeaves, broughtIn, gone, cameBack: own.state !== 'in' };
}

/** An external commit also lets in whom somebody else's add was refused for, and either side of a pair. */
function mayTakePart({ kind }: GroupState, state: MemberState, isExternal: boolean): boolean {
  return state === 'in' || (isExternal && (state === 'refused' || kind === 'direct'));
}

function judgeRemoval(
  group: GroupState,
  delta: CommitDelta,
  by: CommittedDevice,
  isExternal: boolean,
): CommitRefusal | null {
  const { removedLeaves } = delta;
  if (new Set(removedLeaves).size !== removedLeaves.length) return 'misfit';
  const role = group.members.get(by.accountId)?.role;
  for (const leafIndex of removedLeaves) {
    const leaf = group.leaves.get(leafIndex);
    if (leaf === undefined) return 'misfit';
    if (leaf.accountId === by.accountId) continue;
    if (isExternal) return 'not-allowed';
    const member = group.members.get(leaf.accountId);
    const isOut = member === undefined || member.state === 'left' || group.deleted.has(leaf.accountId);
    if (isOut || group.kind === 'direct' || isRenewed(group, delta, leaf.accountId)) continue;
    if (role === 'member' || member.role === 'owner') return 'not-allowed';
  }
  return null;
}

/** A member whose leaves somebody replaces by others of the same account stays one, with the same role: every member may, the owner's too. */
function isRenewed({ members, leaves }: GroupState, delta: CommitDelta, accountId: string): boolean {
  return (
    members.get(accountId)?.state === 'in' &&
    delta.added.some((device) => device.accountId === accountId) &&
    delta.removedLeaves.some((leafIndex) => leaves.get(leafIndex)?.accountId === accountId)
  );
}

function mayAdd(group: GroupState, role: Role, accountId: string, delta: CommitDelta, by: CommittedDevice) {
  if (accountId === by.accountId) return true;
  if (group.kind === 'direct') return group.pair.includes(accountId);
  return role !== 'member' || isRenewed(group, delta, accountId);
}

/** An account may replace its leaves however many it has. */
function isCrowded({ leaves: before }: GroupState, after: GroupState['leaves'], accountId: string): boolean {
  const leavesIn = (leaves: GroupState['leaves']) =>
    [...leaves.values()].filter((leaf) => leaf.accountId === accountId);
  const now = leavesIn(after);
  const live = now.filter(({ isEnded }) => !isEnded).length;
  return now.length > leavesIn(before).length && (live > maxLeaves.live || now.length > maxLeaves.all);
}

function accountsOf({ leaves }: GroupState, leafIndexes: readonly number[]): string[] {
  const accounts = leafIndexes.map((leafIndex) => leaves.get(leafIndex)?.accountId);
  return [...new Set(accounts.filter((accountId) => accountId !== undefined))];
}

function leftmostBlank(leaves: ReadonlyMap<number, unknown>): number {
  let leafIndex = 0;
  while (leaves.has(leafIndex)) leafIndex += 1;
  return leafIndex;
}

function isSame(left: CommittedDevice, right: CommittedDevice): boolean {
  return left.deviceId === right.deviceId && left.accountId === right.accountId;
}
