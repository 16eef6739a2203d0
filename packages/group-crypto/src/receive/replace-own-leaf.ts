import type { CiphersuiteImpl, ClientConfig, GroupState, PublicMessage } from 'ts-mls';
import { validateLeafNodeUpdateOrCommit } from 'ts-mls/clientState.js';
import { unprotectPublicMessage } from 'ts-mls/messageProtectionPublic.js';
import { ValidationError } from 'ts-mls/mlsError.js';
import { addLeafNode, removeLeafNode } from 'ts-mls/ratchetTree.js';
import { nodeToLeafIndex, toLeafIndex } from 'ts-mls/treemath.js';

/**
 * The group as the owner of a leaf sees it that another device of the account has replaced by joining externally. Like a member who is
 * removed, this one cannot derive the new epoch (RFC 9420 section 12.4.2); ts-mls knows that case for commits of members only.
 * @throws {MlsError} a signature or a leaf that is not valid
 */
export async function replaceOwnLeaf(
  { suite }: { suite: CiphersuiteImpl },
  state: GroupState,
  message: PublicMessage,
  { authService }: ClientConfig,
): Promise<GroupState> {
  const { content } = await unprotectPublicMessage(
    state.keySchedule.membershipKey,
    state.groupContext,
    state.ratchetTree,
    message,
    suite,
  );
  if (content.contentType !== 'commit' || content.commit.path === undefined)
    throw new ValidationError('an external commit without a path');
  const { leafNode } = content.commit.path;
  const without = removeLeafNode(state.ratchetTree, toLeafIndex(state.privatePath.leafIndex));
  const [ratchetTree, nodeIndex] = addLeafNode(without, leafNode);
  const leafIndex = nodeToLeafIndex(nodeIndex);
  const problem = await validateLeafNodeUpdateOrCommit(
    leafNode,
    leafIndex,
    state.groupContext,
    authService,
    suite.signature,
  );
  if (problem !== undefined) throw problem;
  return { ...state, ratchetTree, secretTree: [], groupActiveState: { kind: 'removedFromGroup' } };
}
