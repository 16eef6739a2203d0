import { helpCollections } from '@hexkey/contract';
import { useParams } from '@tanstack/react-router';
import { BackLink } from '../app/link.tsx';
import { NotFoundScreen } from '../app/not-found-screen.tsx';
import { Page } from '../ui/page.tsx';
import { ArticlePage } from './article-page.tsx';
import { ArticleRows } from './article-rows.tsx';
import { ArticleView } from './article-view.tsx';
import { HelpShelves } from './help-shelves.tsx';
import { isArticleOf, isCollection } from './library.ts';
import { LibraryGate } from './library-gate.tsx';

// One file, so that whoever has opened one page of the help centre has all of them without a network.

/** /help: the collections, and a search through all articles. */
export function HelpScreen() {
  return <LibraryGate>{(library) => <HelpShelves library={library} />}</LibraryGate>;
}

/** /help/COLLECTION: its articles. */
export function HelpCollectionScreen() {
  const { collectionId = '' } = useParams({ strict: false }) as { readonly collectionId?: string };
  if (!isCollection(collectionId)) return <NotFoundScreen />;
  return (
    <LibraryGate>
      {(library) => (
        <Page
          title={library.collections[collectionId].title}
          bar={{ start: <BackLink from="/help/$collectionId" /> }}
        >
          <p className="text-muted">{library.collections[collectionId].lead}</p>
          <ArticleRows library={library} articleIds={helpCollections[collectionId]} />
        </Page>
      )}
    </LibraryGate>
  );
}

/** /help/COLLECTION/ARTICLE */
export function HelpArticleScreen() {
  const { collectionId = '', articleId = '' } = useParams({ strict: false }) as {
    readonly collectionId?: string;
    readonly articleId?: string;
  };
  if (!isCollection(collectionId) || !isArticleOf(collectionId, articleId)) return <NotFoundScreen />;
  return (
    <LibraryGate>
      {({ articles }) => (
        <ArticlePage
          title={articles[articleId].title}
          back={<BackLink from="/help/$collectionId/$articleId" />}
        >
          <ArticleView articleId={articleId} article={articles[articleId]} />
        </ArticlePage>
      )}
    </LibraryGate>
  );
}
