import type { PublicMessage } from 'ts-mls';
import type { CommitOutline } from './judge-commit.ts';

/** The outline of a PublicMessage with a commit; null when it holds something else, or comes from somebody else than a member or a joiner. */
export function readOutline({ content }: PublicMessage): CommitOutline | null {
  if (content.contentType !== 'commit') return null;
  const { sender } = content;
  if (sender.senderType !== 'member' && sender.senderType !== 'new_member_commit') return null;
  const inline = content.commit.proposals.flatMap((entry) =>
    entry.proposalOrRefType === 'proposal' ? [entry.proposal] : [],
  );
  return {
    committer: sender.senderType === 'member' ? sender.leafIndex : 'external',
    removedLeaves: inline.flatMap((proposal) =>
      proposal.proposalType === 'remove' && 'remove' in proposal ? [proposal.remove.removed] : [],
    ),
    proposals: inline.map(({ proposalType }) => proposalType),
    allInline: inline.length === content.commit.proposals.length,
  };
}
