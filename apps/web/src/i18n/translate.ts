import type { Catalogue, Language, Translate } from './catalogue.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

const catalogues: Record<Language, Catalogue> = { en, zh };
/** What `lang` attributes and `Intl` call our languages. */
export const languageTags: Record<Language, string> = { en: 'en', zh: 'zh-CN' };
/** Each language in its own words, so that somebody lost in the wrong one finds theirs. */
export const languageNames: Record<Language, string> = { en: 'English', zh: '简体中文' };
export const languages = Object.keys(catalogues) as readonly Language[];

export function translator(language: Language): Translate {
  const plural = new Intl.PluralRules(languageTags[language]);
  return (key, ...[parameters]) => {
    const message = catalogues[language][key];
    const text =
      typeof message === 'string'
        ? message
        : message[plural.select(Number(parameters?.['count' as never])) === 'one' ? 'one' : 'other'];
    return fill(text, parameters);
  };
}

/** Replaces each `{name}` by its parameter; an unknown name stays, so that a test sees it. */
export function fill(
  text: string,
  parameters: Readonly<Record<string, string | number>> | undefined,
): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(parameters?.[name] ?? hole));
}

/** The first language of the browser's list that we speak; English otherwise. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0];
    const found = languages.find((language) => language === primary);
    if (found) return found;
  }
  return 'en';
}
