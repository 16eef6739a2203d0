import type { Language, Translate } from './catalogue.ts';
import type { Texts } from './texts.ts';

/** What `lang` attributes and `Intl` call our languages. */
export const languageTags: Record<Language, string> = { en: 'en', zh: 'zh-CN' };
/** Each language in its own words, so that somebody lost in the wrong one finds theirs. */
export const languageNames: Record<Language, string> = { en: 'English', zh: '简体中文' };
export const languages = Object.keys(languageNames) as readonly Language[];

export function translator({ language, catalogue }: Texts): Translate {
  const plural = new Intl.PluralRules(languageTags[language]);
  return (key, ...[parameters]) => {
    const message = catalogue[key];
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
