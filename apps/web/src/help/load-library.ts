import type { Language } from '../i18n/catalogue.ts';
import type { Library } from './library.ts';

/**
 * The articles of a language, fetched whole, and what shows one over a page: what was opened once is searched and read without a network.
 * Rejects with a TypeError when they do not arrive.
 */
export async function loadLibrary(language: Language): Promise<Library> {
  const [library] = await Promise.all([articlesOf(language), import('./sheet-article.tsx')]);
  return library;
}

async function articlesOf(language: Language): Promise<Library> {
  return language === 'zh'
    ? (await import('./zh/library-zh.ts')).libraryZh
    : (await import('./en/library-en.ts')).libraryEn;
}
