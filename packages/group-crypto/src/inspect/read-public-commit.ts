import { judgeOutline } from '../identity/judge-commit.ts';
import { readOutline } from '../identity/read-outline.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { groupIdOf } from '../state/group-id.ts';
import { type LeafSummary, summarizeLeaf } from './leaf-summary.ts';

/** What a commit says on its outside. Who has no state of the group can read it, and cannot check it: members do. */
export interface CommitSummary {
  readonly groupId: string;
  /** The epoch it is made in. */
  readonly epoch: number;
  /** A member's leaf, or `external` with the device that joins by it. */
  readonly sender: { readonly kind: 'member'; readonly leafIndex: number } | ExternalSender;
  /** Of the KeyPackages it adds, in their order. */
  readonly added: readonly LeafSummary[];
  readonly removedLeaves: readonly number[];
  /** Whether it only adds and removes leaves, all by proposals inside it, or joins externally. Members refuse any other. */
  readonly isPlain: boolean;
}

interface ExternalSender {
  readonly kind: 'external';
  readonly joiner: LeafSummary;
}

/** @param bytes MLSMessage with a PublicMessage. @returns null for anything else than a commit of a member or joiner in one of our groups */
export function readPublicCommit(bytes: Uint8Array): CommitSummary | null {
  const message = readMessage(bytes, 'mls_public_message')?.publicMessage;
  if (message === undefined || message.content.contentType !== 'commit') return null;
  const { commit, groupId: groupIdBytes, epoch } = message.content;
  const groupId = groupIdOf(groupIdBytes);
  const outline = readOutline(message);
  if (groupId === null || outline === null) return null;
  let sender: CommitSummary['sender'];
  if (outline.committer === 'external') {
    if (commit.path === undefined) return null;
    sender = { kind: 'external', joiner: summarizeLeaf(commit.path.leafNode) };
  } else sender = { kind: 'member', leafIndex: outline.committer };
  return {
    groupId,
    epoch: Number(epoch),
    sender,
    added: commit.proposals.flatMap((entry) =>
      entry.proposalOrRefType === 'proposal' &&
      entry.proposal.proposalType === 'add' &&
      'add' in entry.proposal
        ? [summarizeLeaf(entry.proposal.add.keyPackage.leafNode)]
        : [],
    ),
    removedLeaves: outline.removedLeaves,
    isPlain: judgeOutline(outline).ok,
  };
}
