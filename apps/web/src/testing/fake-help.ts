import type { ArticleCounts, Help } from '@hexkey/sdk';

/** Counts that three articles have, and what the reader adds. */
export function fakeHelp(): Help {
  const counts = new Map<string, ArticleCounts>([
    ['forgot-pin', { readers: 1284, helpful: 310, notHelpful: 41 }],
    ['what-is-pin', { readers: 212, helpful: 60, notHelpful: 2 }],
    ['add-phone', { readers: 1, helpful: 0, notHelpful: 0 }],
  ]);
  return {
    counts: async () => counts,
    async note(articleId, note) {
      const before = counts.get(articleId) ?? { readers: 0, helpful: 0, notHelpful: 0 };
      const counted = { read: 'readers', helpful: 'helpful', 'not-helpful': 'notHelpful' } as const;
      counts.set(articleId, { ...before, [counted[note]]: before[counted[note]] + 1 });
    },
  };
}
