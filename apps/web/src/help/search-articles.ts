import { type HelpArticleId, helpArticleIds } from '@hexkey/contract';
import type { Library } from './library.ts';
import { textsOf } from './plain-text.ts';

/**
 * Articles that contain every word of the query, those with one in the title first. On the device: what people look for in a help centre
 * tells what has happened to them.
 */
export function searchArticles({ articles }: Library, query: string): readonly HelpArticleId[] {
  const words = folded(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const found = helpArticleIds.filter((id) => {
    const all = folded(textsOf(articles[id]).join('\n'));
    return words.every((word) => all.includes(word));
  });
  const inTitle = (id: HelpArticleId) => {
    const title = folded(articles[id].title);
    return words.filter((word) => title.includes(word)).length;
  };
  return [...found].sort((left, right) => inTitle(right) - inTitle(left));
}

/** Case and width make no difference. */
const folded = (words: string) => words.normalize('NFKC').toLowerCase();
