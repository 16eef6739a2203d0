import { loadPending } from '../commits/pending-row.ts';
import type { Deps } from '../deps.ts';
import type { Envelope, Received } from '../group-crypto.ts';
import { type CredentialCheck, checkCredentials } from '../identity/roster.ts';
import { checkGroupId } from '../state/group-id.ts';
import type { HeldGroup } from '../state/held-group.ts';
import type { GroupChange } from '../store/group-store.ts';
import { type Arrivals, findSeen, futureChanges, inboxChanges, waitingEnvelopes } from './inbox.ts';
import { type Outcome, poison, receivedOf, type Taken } from './outcome.ts';
import { readCommitEnvelope } from './read-commit.ts';
import { readMessageEnvelope } from './read-message.ts';
import { readWelcomeEnvelope } from './read-welcome.ts';

/** One envelope, and those that waited for the epoch it begins. @throws what `validate` or the store throws: nothing has changed */
export async function receiveEnvelope(deps: Deps, arrivals: Arrivals, envelope: Envelope): Promise<Received> {
  checkGroupId(envelope.groupId);
  const seen = await findSeen(deps.store, envelope);
  const received = seen ?? (await take(deps, arrivals, envelope));
  // Of one that was seen too: a crash may have come in between. What can be read is read before its commit is acked.
  if (['commit', 'joined', 'known'].includes(received.kind))
    await readWaiting(deps, arrivals, envelope.groupId);
  return received;
}

/** Reads what waited and can be read now, in the order of its arrival; each envelope is a write of its own. */
async function readWaiting(deps: Deps, arrivals: Arrivals, groupId: string): Promise<void> {
  let progress = true;
  while (progress) {
    progress = false;
    for (const { key, envelope } of await waitingEnvelopes(deps.store, groupId)) {
      const outcome = await outcomeOf(deps, envelope);
      if (outcome.kind === 'future') continue;
      await keep(deps, arrivals, envelope, outcome, [{ table: 'future', key, value: null }]);
      progress = true;
    }
  }
}

async function take(deps: Deps, arrivals: Arrivals, envelope: Envelope): Promise<Received> {
  const outcome = await outcomeOf(deps, envelope);
  if (outcome.kind === 'taken') return keep(deps, arrivals, envelope, outcome, []);
  const future = await futureChanges(deps, arrivals, envelope, outcome.epoch);
  if (future === null) return keep(deps, arrivals, envelope, poison('too many of epochs to come'), []);
  await deps.store.write(future);
  return receivedOf(envelope, outcome);
}

async function keep(
  deps: Deps,
  arrivals: Arrivals,
  envelope: Envelope,
  outcome: Taken,
  changes: readonly GroupChange[],
): Promise<Received> {
  const received = receivedOf(envelope, outcome.result);
  const all = [...outcome.changes, ...changes, ...inboxChanges(deps, arrivals, received)];
  const { groupId } = envelope;
  if (outcome.after === undefined) await deps.store.write(all);
  else await deps.groups.write(all, groupId, outcome.after);
  return received;
}

async function outcomeOf(deps: Deps, envelope: Envelope): Promise<Outcome> {
  const group = await deps.groups.load(envelope.groupId);
  const pending = await loadPending(deps.store, envelope.groupId);
  const check = checkCredentials(deps.validate);
  try {
    return await read(deps, envelope, group, pending, check);
  } catch (error) {
    // Nothing is known about a credential that could not be checked (no network, say): not the sender's fault, and it is tried again.
    if (check.failure() !== undefined) throw check.failure();
    // Bytes of another person may make any part of the library, the engine's cryptography or the decoder throw whatever it likes.
    return poison(`unreadable: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}

async function read(
  deps: Deps,
  envelope: Envelope,
  group: HeldGroup | null,
  pending: Awaited<ReturnType<typeof loadPending>>,
  check: CredentialCheck,
): Promise<Outcome> {
  const joiningAfter = pending?.commit.external ? pending.commit.epoch : null;
  switch (envelope.kind) {
    case 'message':
      return readMessageEnvelope(deps, envelope, group, joiningAfter);
    case 'commit':
      return readCommitEnvelope(deps, envelope, group, pending, check);
    case 'welcome':
      return readWelcomeEnvelope(deps, envelope, group, check);
  }
}
