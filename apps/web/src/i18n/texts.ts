import type { ErrorName } from '@hexkey/contract';
import type { Catalogue, Language } from './catalogue.ts';
import { en } from './en.ts';
import { type ErrorWords, errorsEn } from './errors-en.ts';

/** Every word of one language. */
export interface Texts {
  readonly language: Language;
  readonly catalogue: Catalogue;
  readonly errors: Readonly<Record<ErrorName | 'Unknown', ErrorWords>>;
}

/** Part of the shell: there are always words for what went wrong, also for a language that did not load. */
export const englishTexts: Texts = { language: 'en', catalogue: en, errors: errorsEn };
