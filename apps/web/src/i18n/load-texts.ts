import type { Language } from './catalogue.ts';
import { englishTexts, type Texts } from './texts.ts';

/** The texts of a language; those that few read are fetched when they are wanted. Rejects with a TypeError without network. */
export async function loadTexts(language: Language): Promise<Texts> {
  if (language === 'en') return englishTexts;
  const { chineseTexts } = await import('./texts-zh.ts');
  return chineseTexts;
}
