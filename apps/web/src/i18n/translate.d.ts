import { en } from './en.ts';
export type Language = 'en' | 'zh';
export type MessageKey = keyof typeof en;
type Plural = {
  readonly one: string;
  readonly other: string;
};
/** The texts of one language; a missing key fails to compile. */
export type Catalogue = Readonly<Record<MessageKey, string | Plural>>;
type Text<Key extends MessageKey> = (typeof en)[Key] extends {
  other: infer Other;
}
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
export type PlainKey = {
  [Key in MessageKey]: Parameters<Key> extends [] ? Key : never;
}[MessageKey];
export type Translate = <Key extends MessageKey>(key: Key, ...parameters: Parameters<Key>) => string;
/** What `lang` attributes and `Intl` call our languages. */
export declare const languageTags: Record<Language, string>;
/** Each language in its own words, so that somebody lost in the wrong one finds theirs. */
export declare const languageNames: Record<Language, string>;
export declare const languages: readonly Language[];
export declare function translator(language: Language): Translate;
/** Replaces each `{name}` by its parameter; an unknown name stays, so that a test sees it. */
export declare function fill(
  text: string,
  parameters: Readonly<Record<string, string | number>> | undefined,
): string;
/** The first language of the browser's list that we speak; English otherwise. */
export declare function languageOf(wanted: readonly string[]): Language;
