import type { PersonView } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';

export type ReportReason = 'spam' | 'abuse' | 'impersonation' | 'other';

/** Other people, and how the owner appears to them. */
export interface People {
  /** @throws {DomainError} `NotFound` (person), `TooMany` */
  find(hexkeyId: string): Promise<PersonView>;
  /**
   * Whoever has a number and lets the owner find them by it. Somebody who hides is not told apart from nobody.
   * @param phone E.164
   * @throws {DomainError} `InvalidPhoneNumber`, `NotFound` (person), `TooMany`
   */
  findByPhone(phone: Secret<string>): Promise<PersonView>;
  /** By name. */
  contacts(): Promise<readonly PersonView[]>;
  /** One-sided: they are not told. Ends a block. @throws {DomainError} `NotFound` (person), `NotAPerson`, `TooManyContacts`, `TooMany` */
  add(hexkeyId: string): Promise<PersonView>;
  remove(hexkeyId: string): Promise<void>;
  /** By name. */
  blocked(): Promise<readonly PersonView[]>;
  /** Also removes them from the contacts. They are not told. @throws {DomainError} `NotFound` (person), `NotAPerson` */
  block(hexkeyId: string): Promise<PersonView>;
  unblock(hexkeyId: string): Promise<void>;
  /** Tells the operator of the server. @param content what the owner chose to include, or null @throws {DomainError} `NotFound` (person), `TooMany` */
  report(hexkeyId: string, reason: ReportReason, content: string | null): Promise<void>;
  /** @param image PNG, JPEG or WebP of at most `avatarLimitBytes`, without what a camera writes into it */
  setPicture(image: Uint8Array): Promise<void>;
  removePicture(): Promise<void>;
  /** Where a picture is served, for everybody; null for nobody's. */
  pictureUrl(avatarId: string | null): string | null;
}
