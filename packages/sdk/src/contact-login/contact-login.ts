import type { Secret } from '@hexkey/protocol';
import type { Place } from '../place.ts';

/** Login through the recovery contact, for an owner whose phone number is lost. It ends, as every login, before the PIN. */
export interface ContactLogin {
  /**
   * "Need help?" after a login code was asked for and did not come.
   * @returns the id of a login that may be tried for 30 minutes; null when there is no contact who could help
   * @throws {DomainError} `TooMany` with the rest of the 60 seconds, `ExpiredCode`
   */
  offer(verificationId: string): Promise<string | null>;
  /**
   * Team Hexkey sends the recovery contact a 4-digit code, and the owner's devices and number are told.
   * @throws {DomainError} `InvalidRecoveryContact` for every wrong Hexkey ID alike, `CodeAskedTooOften`, `NotFound` (contact-login)
   */
  requestCode(
    contactLoginId: string,
    hexkeyId: string,
    locale: 'en' | 'zh',
  ): Promise<{ readonly resendAtMs: number; readonly expiresAtMs: number }>;
  /** @throws {DomainError} `WrongCode` (triesLeft), `ExpiredCode`, `NotFound` (contact-login, also after it was refused) */
  enter(contactLoginId: string, code: Secret<string>): Promise<Place>;
}
