import type { en } from './en.ts';

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
