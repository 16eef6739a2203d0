import type { TicketView } from '@hexkey/contract';

export interface SupportMessage {
  /** Of `newMessageId`; the same one when it is sent again. */
  readonly messageId: string;
  readonly text: string;
  readonly locale: 'en' | 'zh';
}

/** The conversation with those who run this server; no login is needed. What is written there is read by them: it is not end-to-end encrypted. */
export interface Support {
  /**
   * The ticket of the open account, or of whoever uses this device without one; null when there is none.
   * @throws {DomainError} `Offline`, `TooMany`
   */
  ticket(): Promise<TicketView | null>;
  /** The open account has no ticket, and one was opened on this device before a login: by its owner, or by somebody else. */
  hasUnclaimed(): Promise<boolean>;
  /**
   * The owner of the open account says that it was they who opened that ticket: it is the account's from then on, and support sees whose.
   * Does nothing when there is none any more.
   * @throws {DomainError} `Forbidden` when another account has claimed it, `Offline`, `TooMany`
   */
  claim(): Promise<void>;
  newMessageId(): string;
  /**
   * Opens a ticket, after a proof of work, or adds to the one that is there. With an account open, support sees whose it is from then on.
   * @throws {DomainError} `TicketClosed`, `TooMany`, `Offline`
   */
  say(message: SupportMessage): Promise<TicketView>;
  /** Adds this device's log, and opens a ticket with the message where there is none. @throws {DomainError} as `say` */
  sendLogs(message: SupportMessage): Promise<TicketView>;
  /** Forgets the ticket on this device; a new one can be opened. */
  leave(): Promise<void>;
  /** This device's log, oldest line first. */
  logLines(): Promise<readonly string[]>;
  /** The version the server has: what a reload brings. @throws {DomainError} `Offline` */
  newestVersion(): Promise<string>;
  /** Keeps that a page was opened. @param page as the route table names it */
  notePage(page: string): void;
}
