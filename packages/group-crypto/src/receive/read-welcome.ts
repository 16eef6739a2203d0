import { emptyPskIndex, joinGroup } from 'ts-mls';
import { dropPending, nameOnly } from '../commits/pending-row.ts';
import type { Deps } from '../deps.ts';
import type { Envelope } from '../group-crypto.ts';
import { judgeContinuity, judgeRoster } from '../identity/judge-commit.ts';
import { type CredentialCheck, rosterOf } from '../identity/roster.ts';
import { findKeyPackage } from '../key-packages/kept-key-packages.ts';
import { clientConfig } from '../mls/client-config.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { groupIdOf } from '../state/group-id.ts';
import { groupChanges } from '../state/group-rows.ts';
import { epochOf, type HeldGroup, isRemoved } from '../state/held-group.ts';
import { type Outcome, poison } from './outcome.ts';

/** Joins a group by a welcome. RFC 9420 section 12.4.3.1. Its KeyPackage is used up, but for one of last resort. */
export async function readWelcomeEnvelope(
  deps: Deps,
  { groupId, body }: Envelope,
  group: HeldGroup | null,
  check: CredentialCheck,
): Promise<Outcome> {
  const welcome = readMessage(body, 'mls_welcome')?.welcome;
  if (welcome === undefined) return poison('not a welcome');
  const found = await findKeyPackage(deps, welcome);
  if (found === null) return poison('not for a KeyPackage of this device');
  const { clientConfig: _, ...state } = await joinGroup(
    welcome,
    found.keyPackage,
    found.privateKeys,
    emptyPskIndex,
    deps.suite,
    undefined,
    undefined,
    clientConfig(check, deps.clock),
  );
  if (groupIdOf(state.groupContext.groupId) !== groupId) return poison('of another group');
  const roster = await rosterOf(state.ratchetTree, [], check);
  if (roster === null) return poison('a credential that is not valid');
  const verdict = judgeRoster(roster);
  if (!verdict.ok) return poison(verdict.reason);
  const after: HeldGroup = { groupId, state, roster, past: [] };
  // Added anew after its envelopes had run out: what this device has of the group is older. An old welcome brings nothing back.
  if (group !== null && !isRemoved(group) && epochOf(group) >= epochOf(after))
    return poison('already a member');
  if (group !== null) {
    // Nobody else can know a group whose first commit is not back.
    if (epochOf(group) === 0) return poison('of a group that is only being made');
    const continuity = judgeContinuity(deps.device.accountId, group.roster, roster);
    if (!continuity.ok) return poison(continuity.reason);
  }
  return {
    kind: 'taken',
    result: { kind: 'joined', epoch: epochOf(after), members: roster.map(nameOnly) },
    changes: [...groupChanges(group, after), ...found.used, dropPending(groupId)],
    after,
  };
}
