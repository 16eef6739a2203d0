import type { HelpArticleId } from '@hexkey/contract';
import type { Article } from './article.ts';
import { ArticleView } from './article-view.tsx';
import { OpenArticleContext } from './help-span.tsx';

/** An article whose links to others open them in its place. */
export function SheetArticle(props: {
  articleId: HelpArticleId;
  article: Article;
  onOpen: (articleId: HelpArticleId) => void;
}) {
  return (
    <OpenArticleContext value={props.onOpen}>
      <div className="flex flex-col gap-6 text-ink">
        <ArticleView articleId={props.articleId} article={props.article} />
      </div>
    </OpenArticleContext>
  );
}
