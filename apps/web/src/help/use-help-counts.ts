import type { HelpArticleId } from '@hexkey/contract';
import type { ArticleCounts } from '@hexkey/sdk';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { useOperation } from '../app/use-operation.ts';

/** What readers made of an article; null when nobody has read it, or that cannot be asked now. */
export function useArticleCounts(articleId: HelpArticleId): ArticleCounts | null {
  const { hexkey } = useDependencies();
  const counts = useQuery({ queryKey: ['help-counts'], queryFn: () => hexkey.help.counts() });
  return counts.data?.get(articleId) ?? null;
}

/** Counts the reader of an article. That it could not be counted is not their concern. */
export function useCountedReading(articleId: HelpArticleId): void {
  const { hexkey } = useDependencies();
  const { run } = useOperation((id: HelpArticleId) => hexkey.help.note(id, 'read'));
  useEffect(() => {
    void run(articleId);
  }, [run, articleId]);
}
