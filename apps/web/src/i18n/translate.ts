import { en } from './en.ts';
import { zh } from './zh.ts';

export type Language = 'en' | 'zh';
export type MessageKey = keyof typeof en;
type Plural = { readonly one: string; readonly other: string };

/** The texts of one language; a missing key fails to compile. */
export type Catalogue = Readonly<Record<MessageKey, string | Plural>>;

type Text<Key extends MessageKey> = (typeof en)[Key] extends { other: infer Other }
  ? Other
  : (typeof en)[Key];
type Placeholder<Message> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;
type Parameters<Key extends MessageKey> = Key extends MessageKey
  ? [Placeholder<Text<Key>>] extends [never]
    ? []
    : [parameters: Record<Placeholder<Text<Key>>, string | number>]
  : never;

/** Keys whose text takes no parameters, such as titles. */
export type PlainKey = { [Key in MessageKey]: Parameters<Key> extends [] ? Key : never }[MessageKey];
export type Translate = <Key extends MessageKey>(key: Key, ...parameters: Parameters<Key>) => string;

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
