import type { HelpArticleId } from '@hexkey/contract';

/** What readers of this server made of a help article. */
export interface ArticleCounts {
  readonly readers: number;
  readonly helpful: number;
  readonly notHelpful: number;
}

/** The help centre's counts. The articles themselves are part of each client; no login is needed. */
export interface Help {
  /** By article; those nobody has read are missing. @throws {DomainError} `Offline` */
  counts(): Promise<ReadonlyMap<string, ArticleCounts>>;
  /** Counts once a day for each article and network address; nobody is told who. @throws {DomainError} `Offline`, `TooMany` */
  note(articleId: HelpArticleId, note: 'read' | 'helpful' | 'not-helpful'): Promise<void>;
}
