import type { HelpArticleId } from '@hexkey/contract';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Card } from '../ui/card.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { collectionOf, type Library } from './library.ts';
import { ReaderBadge } from './reader-badge.tsx';

/** Articles as a list: title, what is in it, how many read it. */
export function ArticleRows(props: {
  library: Library;
  articleIds: readonly HelpArticleId[];
  title?: string;
}) {
  return (
    <Card {...(props.title !== undefined && { title: props.title })}>
      {props.articleIds.map((articleId) => (
        <Link
          key={articleId}
          to="/help/$collectionId/$articleId"
          params={{ collectionId: collectionOf(articleId), articleId }}
          className={rowLook}
        >
          <span className="min-w-0 flex-1">
            <span className="block">{props.library.articles[articleId].title}</span>
            <span className="block text-muted text-sm">{props.library.articles[articleId].summary}</span>
            <ReaderBadge articleId={articleId} />
          </span>
          <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </Link>
      ))}
    </Card>
  );
}
