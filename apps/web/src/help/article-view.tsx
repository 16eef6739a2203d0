import type { HelpArticleId } from '@hexkey/contract';
import type { Article } from './article.ts';
import { ArticleBody } from './article-body.tsx';
import { HelpfulQuestion } from './helpful-question.tsx';
import { ReaderBadge } from './reader-badge.tsx';
import { useCountedReading } from './use-help-counts.ts';

/** An article, how many read it, and the question whether it helped. */
export function ArticleView({ articleId, article }: { articleId: HelpArticleId; article: Article }) {
  useCountedReading(articleId);
  return (
    <>
      <div className="flex flex-col gap-1 text-muted">
        <p>{article.summary}</p>
        <ReaderBadge articleId={articleId} />
      </div>
      <ArticleBody blocks={article.blocks} />
      <HelpfulQuestion key={articleId} articleId={articleId} />
    </>
  );
}
