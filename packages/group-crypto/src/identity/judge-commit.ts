import { equalBytes, toBase64url } from '@hexkey/protocol';
import type { GroupDevice, GroupMember } from '../group-crypto.ts';
import type { Roster } from './roster.ts';

/** What a commit does, as every member sees it in the public message. */
export interface CommitOutline {
  /** The committer's leaf, or `external` for somebody who joins by the commit itself. */
  readonly committer: number | 'external';
  readonly removedLeaves: readonly number[];
  /** Proposal types by name or number, RFC 9420 section 12.1. */
  readonly proposals: readonly (string | number)[];
  /** Whether each is in the commit itself; others would have been sent as proposals, which Hexkey does not. */
  readonly allInline: boolean;
}

export type CommitVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const fine: CommitVerdict = { ok: true };
const refuse = (reason: string): CommitVerdict => ({ ok: false, reason });

/** What can be refused before any key is touched: Hexkey's groups only add and remove leaves and renew keys. */
export function judgeOutline({
  committer,
  proposals,
  removedLeaves,
  allInline,
}: CommitOutline): CommitVerdict {
  if (!allInline) return refuse('a proposal by reference');
  const allowed = committer === 'external' ? ['external_init', 'remove'] : ['add', 'remove'];
  if (!proposals.every((type) => allowed.includes(String(type))))
    return refuse('a proposal Hexkey does not use');
  if (committer === 'external' && !proposals.includes('external_init')) return refuse('no external_init');
  if (new Set(removedLeaves).size !== removedLeaves.length) return refuse('a leaf removed twice');
  return fine;
}

/**
 * Ghost devices: whether the group after a commit is one its members may be in. Their credentials are valid already; this is about who may
 * bring whom. A server that knows every public value must not be able to add a device, nor to take somebody out.
 * docs/protocol/messaging.md section 1.
 */
export function judgeCommit(outline: CommitOutline, before: Roster, after: Roster): CommitVerdict {
  const { committer, removedLeaves } = outline;
  if (committer === 'external') {
    const verdict = judgeExternal(removedLeaves, before, after);
    if (!verdict.ok) return verdict;
  } else {
    const was = before.find(({ leafIndex }) => leafIndex === committer);
    const is = after.find(({ leafIndex }) => leafIndex === committer);
    if (was === undefined || is === undefined) return refuse('a committer who is no member');
    if (!isSameDevice(was, is) || !equalBytes(was.accountKey, is.accountKey))
      return refuse('a committer who becomes somebody else');
  }
  return judgeRoster(after);
}

/** The same for a group that is joined: no device and no key twice. */
export function judgeRoster(roster: Roster): CommitVerdict {
  if (new Set(roster.map(({ signatureKey }) => toBase64url(signatureKey))).size !== roster.length)
    return refuse('a signature key twice');
  if (new Set(roster.map(({ accountId, deviceId }) => `${accountId}/${deviceId}`)).size !== roster.length)
    return refuse('a device twice');
  return fine;
}

/**
 * Whether a group that is entered, by a welcome or a GroupInfo, goes on the one of the same id that this device has: somebody of another
 * account is in both, with the same account key. The id is the server's to give, so a group of its own making could carry it.
 */
export function judgeContinuity(accountId: string, held: Roster, next: Roster): CommitVerdict {
  const others = held.filter((member) => member.accountId !== accountId);
  const isThere = (one: GroupMember) =>
    next.some((other) => other.accountId === one.accountId && equalBytes(other.accountKey, one.accountKey));
  return others.length === 0 || others.some(isThere) ? fine : refuse('a group of other people under this id');
}

function judgeExternal(removedLeaves: readonly number[], before: Roster, after: Roster): CommitVerdict {
  const joiners = newMembers(before, after, removedLeaves);
  const [joiner] = joiners;
  if (joiner === undefined || joiners.length > 1) return refuse('an external commit joins one device');
  const ofAccount = before.filter(({ accountId }) => accountId === joiner.accountId);
  if (ofAccount.length === 0) return refuse('an external joiner whose account is no member');
  if (!ofAccount.every(({ accountKey }) => equalBytes(accountKey, joiner.accountKey)))
    return refuse('an external joiner with another account key');
  const own = new Set(ofAccount.map(({ leafIndex }) => leafIndex));
  if (!removedLeaves.every((leaf) => own.has(leaf)))
    return refuse('an external joiner who removes a leaf of another account');
  return fine;
}

/** Who sits in `after` on a leaf that was empty, was emptied by the commit, or was somebody else's. */
export function newMembers(
  before: Roster,
  after: Roster,
  removedLeaves: readonly number[],
): readonly GroupMember[] {
  const places = new Map(before.map((member) => [member.leafIndex, member]));
  for (const leaf of removedLeaves) places.delete(leaf);
  return after.filter((member) => {
    const was = places.get(member.leafIndex);
    return was === undefined || !equalBytes(was.signatureKey, member.signatureKey);
  });
}

export function isSameDevice(left: GroupDevice, right: GroupDevice): boolean {
  return left.accountId === right.accountId && left.deviceId === right.deviceId;
}
