import { equalBytes } from '@hexkey/protocol';
import { encodeMlsMessage, type GroupInfo, joinGroupExternal, type RatchetTree } from 'ts-mls';
import { ratchetTreeFromExtension } from 'ts-mls/groupInfo.js';
import { MlsError } from 'ts-mls/mlsError.js';
import type { Deps } from '../deps.ts';
import { GroupCryptoRefusal, type PendingCommit } from '../group-crypto.ts';
import { isSameDevice, judgeCommit, judgeContinuity, newMembers } from '../identity/judge-commit.ts';
import { type CredentialCheck, checkCredentials, type Roster, rosterOf } from '../identity/roster.ts';
import { makeKeyPackage } from '../key-packages/make-key-package.ts';
import { clientConfig } from '../mls/client-config.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { checkGroupId, groupIdOf } from '../state/group-id.ts';
import { groupInfoOf } from './group-info.ts';
import { loadPending, nameOnly, pendingChange } from './pending-row.ts';

/**
 * An external commit of this device, kept with the state it leads to.
 * @throws {GroupCryptoRefusal} `commit-pending`, `bad-group-info`, `refused-credential` (somebody in the group has a bad one),
 * `not-allowed` (the account is no member, or not with this account key; or none of the others whom this device has in the group is in it), `no-such-leaf`
 */
export async function joinExternally(
  deps: Deps,
  groupId: string,
  groupInfoBytes: Uint8Array,
  removeLeaf?: number,
): Promise<PendingCommit> {
  checkGroupId(groupId);
  if ((await loadPending(deps.store, groupId)) !== null) throw new GroupCryptoRefusal('commit-pending');
  const { groupInfo, tree } = infoIn(groupId, groupInfoBytes);
  const check = checkCredentials(deps.validate);
  const before = await rosterOf(tree, [], check);
  if (before === null) throw new GroupCryptoRefusal('refused-credential');
  const held = await deps.groups.load(groupId);
  if (held !== null && !judgeContinuity(deps.device.accountId, held.roster, before).ok)
    throw new GroupCryptoRefusal('not-allowed');
  const stale = staleLeaf(deps, before, removeLeaf);
  const { newState, publicMessage } = await externalCommit(deps, groupInfo, check, stale?.signatureKey);
  const { clientConfig: _, ...state } = newState;
  const roster = await rosterOf(state.ratchetTree, before, check);
  if (roster === null) throw new GroupCryptoRefusal('refused-credential');
  const removedLeaves = stale === undefined ? [] : [stale.leafIndex];
  const outline = {
    committer: 'external',
    removedLeaves,
    proposals: ['external_init'],
    allInline: true,
  } as const;
  // What every member will check of it.
  if (!judgeCommit(outline, before, roster).ok) throw new GroupCryptoRefusal('not-allowed');
  const commit: PendingCommit = {
    groupId,
    epoch: Number(groupInfo.groupContext.epoch),
    commit: encodeMlsMessage({ version: 'mls10', wireformat: 'mls_public_message', publicMessage }),
    welcome: null,
    groupInfo: await groupInfoOf(deps, state),
    external: true,
    added: newMembers(before, roster, removedLeaves).map(nameOnly),
    removed: stale === undefined ? [] : [nameOnly(stale)],
  };
  await deps.store.write([pendingChange({ commit, after: { groupId, state, roster, past: [] } })]);
  return commit;
}

function infoIn(groupId: string, bytes: Uint8Array): { groupInfo: GroupInfo; tree: RatchetTree } {
  const message = readMessage(bytes, 'mls_group_info');
  if (message === null || groupIdOf(message.groupInfo.groupContext.groupId) !== groupId)
    throw new GroupCryptoRefusal('bad-group-info');
  const { groupInfo } = message;
  try {
    const tree = ratchetTreeFromExtension(groupInfo);
    if (tree !== undefined) return { groupInfo, tree };
  } catch (error) {
    if (!(error instanceof MlsError)) throw error;
  }
  throw new GroupCryptoRefusal('bad-group-info');
}

function staleLeaf({ device, own }: Deps, roster: Roster, removeLeaf: number | undefined) {
  if (removeLeaf === undefined)
    return roster.find(
      (member) => isSameDevice(member, device) || equalBytes(member.signatureKey, own.keyPair.publicKey),
    );
  const named = roster.find(({ leafIndex }) => leafIndex === removeLeaf);
  if (named === undefined) throw new GroupCryptoRefusal('no-such-leaf');
  return named;
}

async function externalCommit(
  deps: Deps,
  groupInfo: GroupInfo,
  check: CredentialCheck,
  staleKey: Uint8Array | undefined,
) {
  const { publicPackage, privatePackage } = await makeKeyPackage(deps, false);
  const config = clientConfig(check, deps.clock);
  // ts-mls removes the leaf that equals the KeyPackage; which one that is is for us to say.
  const keyPackageEqualityConfig = {
    ...config.keyPackageEqualityConfig,
    compareKeyPackageToLeafNode: (_: unknown, leaf: { signaturePublicKey: Uint8Array }) =>
      staleKey !== undefined && equalBytes(leaf.signaturePublicKey, staleKey),
  };
  try {
    return await joinGroupExternal(
      groupInfo,
      publicPackage,
      privatePackage,
      staleKey !== undefined,
      deps.suite,
      undefined,
      { ...config, keyPackageEqualityConfig },
    );
  } catch (error) {
    if (check.failure() !== undefined) throw check.failure();
    if (error instanceof MlsError) throw new GroupCryptoRefusal('bad-group-info');
    throw error;
  }
}
