import {
  type HelpArticleId,
  type HelpCollectionId,
  helpCollectionIds,
  helpCollections,
} from '@hexkey/contract';
import type { Article } from './article.ts';

/** Every article of one language: one that is missing fails to compile. */
export type Articles = Readonly<Record<HelpArticleId, Article>>;
export interface Library {
  readonly language: 'en' | 'zh';
  readonly collections: Readonly<Record<HelpCollectionId, { readonly title: string; readonly lead: string }>>;
  readonly articles: Articles;
}

export type ArticlesOf<Collection extends HelpCollectionId> = Readonly<
  Record<(typeof helpCollections)[Collection][number], Article>
>;

/** The collection an article stands in. */
export function collectionOf(articleId: HelpArticleId): HelpCollectionId {
  const found = helpCollectionIds.find((id) =>
    (helpCollections[id] as readonly HelpArticleId[]).includes(articleId),
  );
  if (found === undefined) throw new Error(`${articleId} is in no collection`);
  return found;
}

export const isCollection = (id: string): id is HelpCollectionId => Object.hasOwn(helpCollections, id);

/** Whether there is such an article, and in that collection. */
export function isArticleOf(collection: HelpCollectionId, id: string): id is HelpArticleId {
  return (helpCollections[collection] as readonly string[]).includes(id);
}
