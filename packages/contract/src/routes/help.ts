import { Type } from 'typebox';
import { type HelpArticleId, helpArticleIds } from '../help-articles.ts';
import { route } from '../route.ts';
import { Exact } from '../schemas.ts';

const ArticleId = Type.Unsafe<HelpArticleId>(Type.Union(helpArticleIds.map((id) => Type.Literal(id))));
const Count = Type.Integer({ minimum: 0 });

/** Articles that nobody has read are not in it. */
export const getHelpCounts = route({
  name: 'getHelpCounts',
  summary: 'How many read each help article, and found it helpful or not',
  method: 'GET',
  path: '/api/v1/help/counts',
  access: 'public',
  answer: Exact({
    articles: Type.Array(
      Exact({ articleId: Type.String(), readers: Count, helpful: Count, notHelpful: Count }),
    ),
  }),
});

/**
 * One reading and one opinion a day count for each article and address; a further one changes nothing, and its sender is not told. Who
 * sent it is not kept. Limited.
 */
export const noteHelpArticle = route({
  name: 'noteHelpArticle',
  summary: 'Counts that an article was read, or found helpful or not',
  method: 'POST',
  path: '/api/v1/help/notes',
  access: 'public',
  body: Exact({
    articleId: ArticleId,
    note: Type.Union([Type.Literal('read'), Type.Literal('helpful'), Type.Literal('not-helpful')]),
  }),
});
