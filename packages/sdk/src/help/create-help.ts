import { routes } from '@hexkey/contract';
import type { ApiClient } from '../transport/api-client.ts';
import type { Help } from './help.ts';

export function createHelp(api: ApiClient): Help {
  return {
    async counts() {
      const { articles } = await api.call(routes.getHelpCounts, {});
      return new Map(articles.map(({ articleId, ...counts }) => [articleId, counts]));
    },
    note: (articleId, note) => api.call(routes.noteHelpArticle, { body: { articleId, note } }),
  };
}
