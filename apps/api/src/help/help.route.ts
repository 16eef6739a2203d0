import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { noteHelpArticle } from './note-help-article.ts';

export function helpHandlers(deps: Deps): Pick<Handlers, 'getHelpCounts' | 'noteHelpArticle'> {
  return {
    async getHelpCounts() {
      const counts = await deps.stores.helpCounts.all();
      return {
        articles: counts.map(({ article_id, readers, helpful, not_helpful }) => ({
          articleId: article_id,
          readers,
          helpful,
          notHelpful: not_helpful,
        })),
      };
    },
    noteHelpArticle: ({ body, address }) => noteHelpArticle(deps, body, address),
  };
}
