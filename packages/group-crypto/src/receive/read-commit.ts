import { equalBytes } from '@hexkey/protocol';
import { acceptAll, emptyPskIndex, type GroupState, type PublicMessage, processPublicMessage } from 'ts-mls';
import { dropPending, nameOnly, type Pending } from '../commits/pending-row.ts';
import type { Deps } from '../deps.ts';
import type { Envelope } from '../group-crypto.ts';
import { type CommitOutline, judgeCommit, judgeOutline, newMembers } from '../identity/judge-commit.ts';
import { readOutline } from '../identity/read-outline.ts';
import { type CredentialCheck, rosterOf } from '../identity/roster.ts';
import { clientConfig } from '../mls/client-config.ts';
import { keptPastEpochs } from '../mls/limits.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { groupIdOf } from '../state/group-id.ts';
import { groupChanges } from '../state/group-rows.ts';
import { endedEpoch, epochOf, type HeldGroup, isRemoved } from '../state/held-group.ts';
import type { GroupChange } from '../store/group-store.ts';
import { type Outcome, poison } from './outcome.ts';
import { replaceOwnLeaf } from './replace-own-leaf.ts';

/** A commit, the own one or another's. RFC 9420 section 12.4.2. */
export async function readCommitEnvelope(
  deps: Deps,
  envelope: Envelope,
  group: HeldGroup | null,
  pending: Pending | null,
  check: CredentialCheck,
): Promise<Outcome> {
  const message = readMessage(envelope.body, 'mls_public_message')?.publicMessage;
  if (message === undefined) return poison('not a public message');
  if (groupIdOf(message.content.groupId) !== envelope.groupId) return poison('of another group');
  const outline = readOutline(message);
  if (outline === null) return poison('not a commit');
  const epoch = Number(message.content.epoch);
  if (pending?.commit.external) return readWhileJoining(deps, envelope, group, pending, epoch);
  if (group === null) return poison('no such group');
  if (isRemoved(group)) return poison('removed from the group');
  if (epoch > epochOf(group)) return { kind: 'future', epoch };
  if (epoch < epochOf(group)) return poison('of an epoch that is over');
  if (pending !== null && equalBytes(pending.commit.commit, envelope.body))
    return adoptOwn(group, pending, outline);
  const outcome = await takeOther(deps, group, message, outline, check);
  // The epoch is over for the one that waits too. One that is refused leaves it: the server took none, or this device is stuck.
  if (pending === null || outcome.kind !== 'taken' || outcome.result.kind !== 'commit') return outcome;
  return { ...outcome, changes: [...outcome.changes, dropPending(envelope.groupId)] };
}

/** The own commit is back in order: its state becomes the group's, and the epoch that ends keeps its live secret tree. */
function adoptOwn(group: HeldGroup, { after }: Pending, outline: CommitOutline): Outcome {
  const next = { ...after, past: [...group.past, endedEpoch(group)].slice(-keptPastEpochs) };
  return committed(group, next, outline, true, [dropPending(group.groupId)]);
}

/** Until the own external commit is back, what this device has of the group is of no use. */
function readWhileJoining(
  { device }: Deps,
  envelope: Envelope,
  stale: HeldGroup | null,
  pending: Pending,
  epoch: number,
): Outcome {
  if (epoch > pending.commit.epoch) return { kind: 'future', epoch };
  if (epoch < pending.commit.epoch) return poison('of an epoch before joining');
  if (!equalBytes(pending.commit.commit, envelope.body))
    return poison('another commit came before joining', [dropPending(envelope.groupId)]);
  const { added, removed } = pending.commit;
  return {
    kind: 'taken',
    result: {
      kind: 'commit',
      epoch: epochOf(pending.after),
      committer: nameOnly(device),
      added,
      removed,
      own: true,
      external: true,
      removedSelf: false,
    },
    changes: [...groupChanges(stale, pending.after), dropPending(envelope.groupId)],
    after: pending.after,
  };
}

async function takeOther(
  deps: Deps,
  group: HeldGroup,
  message: PublicMessage,
  outline: CommitOutline,
  check: CredentialCheck,
): Promise<Outcome> {
  const verdict = judgeOutline(outline);
  if (!verdict.ok) return poison(verdict.reason);
  const state = await stateAfter(deps, group, message, outline, check);
  const roster = await rosterOf(state.ratchetTree, group.roster, check);
  if (roster === null) return poison('a credential that is not valid');
  const judged = judgeCommit(outline, group.roster, roster);
  if (!judged.ok) return poison(judged.reason);
  const past =
    state.groupActiveState.kind === 'active' ? [...group.past, endedEpoch(group)].slice(-keptPastEpochs) : [];
  return committed(group, { groupId: group.groupId, state, roster, past }, outline, false, []);
}

async function stateAfter(
  deps: Deps,
  group: HeldGroup,
  message: PublicMessage,
  outline: CommitOutline,
  check: CredentialCheck,
): Promise<GroupState> {
  const config = clientConfig(check, deps.clock);
  if (outline.committer === 'external' && outline.removedLeaves.includes(group.state.privatePath.leafIndex))
    return replaceOwnLeaf(deps, group.state, message, config);
  const state = { ...group.state, clientConfig: config };
  const { newState } = await processPublicMessage(state, message, emptyPskIndex, deps.suite, acceptAll);
  const { clientConfig: _, ...next } = newState;
  // The history is kept by us, in rows of its own.
  const after = { ...next, historicalReceiverData: new Map() };
  return next.groupActiveState.kind === 'active' ? after : { ...after, secretTree: [] };
}

function committed(
  before: HeldGroup,
  after: HeldGroup,
  { committer, removedLeaves }: CommitOutline,
  own: boolean,
  changes: readonly GroupChange[],
): Outcome {
  const added = newMembers(before.roster, after.roster, removedLeaves);
  const author =
    committer === 'external' ? added[0] : before.roster.find(({ leafIndex }) => leafIndex === committer);
  if (author === undefined) return poison('a committer who is nobody');
  return {
    kind: 'taken',
    result: {
      kind: 'commit',
      epoch: epochOf(before) + 1,
      committer: nameOnly(author),
      added: added.map(nameOnly),
      removed: before.roster.filter(({ leafIndex }) => removedLeaves.includes(leafIndex)).map(nameOnly),
      own,
      external: committer === 'external',
      removedSelf: isRemoved(after),
    },
    changes: [...groupChanges(before, after), ...changes],
    after,
  };
}
