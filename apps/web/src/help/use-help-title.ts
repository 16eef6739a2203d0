import { isArticleOf, isCollection } from './library.ts';
import { useLibrary } from './use-library.ts';

/** What the tab calls a page of the help centre; null for other pages, and until the articles are there. */
export function useHelpTitle(path: string): string | null {
  const library = useLibrary(false).data;
  const [, room, collectionId = '', articleId = ''] = path.split('/');
  if (library === undefined || room !== 'help' || !isCollection(collectionId)) return null;
  if (articleId === '') return library.collections[collectionId].title;
  return isArticleOf(collectionId, articleId) ? library.articles[articleId].title : null;
}
