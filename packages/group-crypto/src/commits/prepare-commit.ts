import { createCommit, encodeMlsMessage, type KeyPackage, type Proposal } from 'ts-mls';
import { MlsError } from 'ts-mls/mlsError.js';
import type { Deps } from '../deps.ts';
import { type CommitChanges, GroupCryptoRefusal, type PendingCommit } from '../group-crypto.ts';
import { judgeRoster, newMembers } from '../identity/judge-commit.ts';
import { type CredentialCheck, checkCredentials, rosterOf } from '../identity/roster.ts';
import { clientConfig } from '../mls/client-config.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { activeGroup } from '../state/active-group.ts';
import { epochOf, type HeldGroup } from '../state/held-group.ts';
import { groupInfoOf } from './group-info.ts';
import { loadPending, nameOnly, pendingChange } from './pending-row.ts';

/**
 * A commit of this device (RFC 9420 section 12.4.1), kept with the state it leads to. The group goes on in the old epoch.
 * @throws {GroupCryptoRefusal} `no-group`, `removed`, `commit-pending`, `no-such-leaf`, `not-allowed`, `bad-key-package`,
 * `refused-credential`
 */
export async function prepareCommit(
  deps: Deps,
  groupId: string,
  { add = [], remove = [] }: CommitChanges,
): Promise<PendingCommit> {
  const group = await activeGroup(deps, groupId);
  if ((await loadPending(deps.store, groupId)) !== null) throw new GroupCryptoRefusal('commit-pending');
  const check = checkCredentials(deps.validate);
  const made = await commitOf(deps, group, check, [
    ...removals(group, remove),
    ...add.map((bytes): Proposal => ({ proposalType: 'add', add: { keyPackage: packageIn(bytes) } })),
  ]);
  const { clientConfig: _, ...state } = made.newState;
  const roster = await rosterOf(state.ratchetTree, group.roster, check);
  if (roster === null) throw new GroupCryptoRefusal('refused-credential');
  if (!judgeRoster(roster).ok) throw new GroupCryptoRefusal('bad-key-package');
  const commit: PendingCommit = {
    groupId,
    epoch: epochOf(group),
    commit: encodeMlsMessage(made.commit),
    welcome:
      made.welcome === undefined
        ? null
        : encodeMlsMessage({ version: 'mls10', wireformat: 'mls_welcome', welcome: made.welcome }),
    groupInfo: await groupInfoOf(deps, state),
    external: false,
    added: newMembers(group.roster, roster, remove).map(nameOnly),
    removed: group.roster.filter(({ leafIndex }) => remove.includes(leafIndex)).map(nameOnly),
  };
  await deps.store.write([pendingChange({ commit, after: { groupId, state, roster, past: [] } })]);
  return commit;
}

async function commitOf(deps: Deps, group: HeldGroup, check: CredentialCheck, extraProposals: Proposal[]) {
  try {
    return await createCommit(
      { state: { ...group.state, clientConfig: clientConfig(check, deps.clock) }, cipherSuite: deps.suite },
      { extraProposals, ratchetTreeExtension: true, wireAsPublicMessage: true },
    );
  } catch (error) {
    if (check.failure() !== undefined) throw check.failure();
    if (check.refused()) throw new GroupCryptoRefusal('refused-credential');
    // Removals are checked; what is left to refuse is a KeyPackage: its signature, lifetime, suite, or a key that is in the group.
    if (error instanceof MlsError && extraProposals.some(({ proposalType }) => proposalType === 'add'))
      throw new GroupCryptoRefusal('bad-key-package');
    throw error;
  }
}

function removals({ state, roster }: HeldGroup, leaves: readonly number[]): Proposal[] {
  const taken = new Set(roster.map(({ leafIndex }) => leafIndex));
  // A member cannot take itself out: its own path would encrypt to nobody's knowledge of it (RFC 9420 section 12.2).
  if (leaves.includes(state.privatePath.leafIndex)) throw new GroupCryptoRefusal('not-allowed');
  if (!leaves.every((leaf) => taken.has(leaf)) || new Set(leaves).size !== leaves.length)
    throw new GroupCryptoRefusal('no-such-leaf');
  return leaves.map((removed) => ({ proposalType: 'remove', remove: { removed } }));
}

function packageIn(bytes: Uint8Array): KeyPackage {
  const message = readMessage(bytes, 'mls_key_package');
  if (message === null) throw new GroupCryptoRefusal('bad-key-package');
  return message.keyPackage;
}
