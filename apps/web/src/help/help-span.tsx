import type { HelpArticleId } from '@hexkey/contract';
import { Link } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import { TextLink } from '../app/link.tsx';
import type { Span } from './article.ts';
import { collectionOf } from './library.ts';

/** How another article is opened where this one is shown; null: by its address. */
export const OpenArticleContext = createContext<((articleId: HelpArticleId) => void) | null>(null);

const linkLook = 'font-medium text-accent underline underline-offset-4';

/** A piece of running text: words, or a way to a page or to another article. */
export function HelpSpan({ span }: { span: Span }) {
  if (typeof span === 'string') return span;
  if ('strong' in span) return <strong className="font-semibold">{span.strong}</strong>;
  if ('page' in span) return <TextLink to={span.page}>{span.text}</TextLink>;
  return <ArticleLink {...span} />;
}

function ArticleLink({ article, text }: { article: HelpArticleId; text: string }) {
  const openHere = useContext(OpenArticleContext);
  if (openHere)
    return (
      <button type="button" onClick={() => openHere(article)} className={linkLook}>
        {text}
      </button>
    );
  return (
    <Link
      to="/help/$collectionId/$articleId"
      params={{ collectionId: collectionOf(article), articleId: article }}
      className={linkLook}
    >
      {text}
    </Link>
  );
}
