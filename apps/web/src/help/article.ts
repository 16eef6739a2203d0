import type { HelpArticleId } from '@hexkey/contract';
import type { RoutePath } from '../route-table.ts';
import type { PictureId } from './pictures.ts';

/** Pages that an article may lead to: those with an address of their own. */
export type LinkedPage = Exclude<RoutePath, `${string}$${string}`>;

/** A piece of running text. */
export type Span =
  | string
  | { readonly strong: string }
  | { readonly page: LinkedPage; readonly text: string }
  | { readonly article: HelpArticleId; readonly text: string };
export type Line = string | readonly Span[];

/** A way to a page or to another article. */
export type LinkSpan = Exclude<Span, string | { readonly strong: string }>;

/** What an article is made of. Data and not markup: tests read it, search reads it, and no text can become an element. */
export type Block =
  | { readonly kind: 'text'; readonly line: Line }
  | { readonly kind: 'heading'; readonly line: string }
  | { readonly kind: 'warning'; readonly line: Line }
  | { readonly kind: 'tip'; readonly line: Line }
  | { readonly kind: 'steps'; readonly lines: readonly Line[] }
  | { readonly kind: 'points'; readonly lines: readonly Line[] }
  | { readonly kind: 'picture'; readonly picture: PictureId; readonly shows: string }
  | { readonly kind: 'shards'; readonly shards: readonly Shard[]; readonly result: string };

/** One of the kinds of parts that the wallet's key exists in. */
interface Shard {
  readonly name: string;
  readonly from: string;
}

export interface Article {
  readonly title: string;
  /** One sentence below the title in lists. */
  readonly summary: string;
  readonly blocks: readonly Block[];
}

export const text = (...line: readonly Span[]): Block => ({ kind: 'text', line });
export const heading = (line: string): Block => ({ kind: 'heading', line });
export const warning = (...line: readonly Span[]): Block => ({ kind: 'warning', line });
export const tip = (...line: readonly Span[]): Block => ({ kind: 'tip', line });
export const steps = (...lines: readonly Line[]): Block => ({ kind: 'steps', lines });
export const points = (...lines: readonly Line[]): Block => ({ kind: 'points', lines });
export const picture = (id: PictureId, shows: string): Block => ({ kind: 'picture', picture: id, shows });

export const strong = (words: string): Span => ({ strong: words });
export const page = (path: LinkedPage, words: string): Span => ({ page: path, text: words });
export const article = (id: HelpArticleId, words: string): Span => ({ article: id, text: words });
