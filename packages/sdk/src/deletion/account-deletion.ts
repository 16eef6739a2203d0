import type { Secret } from '@hexkey/protocol';
import type { PhoneVerification } from '../account/phone-verification.ts';
import type { PinFlow } from '../recovery-kit/pin-flow.ts';

/** An account that its owner has asked to delete. Until the day, `unlock` with `keepsAccount` takes it back. */
export interface PendingDeletion {
  readonly requestedAtMs: number;
  readonly effectiveAtMs: number;
}

/** Before the second PIN entry nothing is decided. */
export interface DeletionFlow extends PinFlow {
  /**
   * Says the day, and sends a code to the number of a phone account; `code` is null where there is no number.
   * @throws {DomainError} `CodeAskedTooOften`, `SmsNotDelivered`, `PinNeededAgain`
   */
  prepare(
    locale: 'en' | 'zh',
  ): Promise<{ readonly code: PhoneVerification | null; readonly effectiveAtMs: number }>;
  /**
   * Asks for the deletion, with the order that the PIN nodes obey on the day: every device is logged out. What this device keeps of the
   * account stays, or goes with `erasesDevice`.
   * @throws {DomainError} what `unlock` throws; `WrongCode`, `ExpiredCode`, `CodeAskedTooOften`; `PinNeededAgain` when the day was said too long ago
   */
  confirm(request: DeletionRequest): Promise<void>;
}

export interface DeletionRequest {
  readonly pin: Secret<string>;
  /** Of a phone account. */
  readonly code: { readonly verificationId: string; readonly digits: Secret<string> } | null;
  readonly erasesDevice: boolean;
}

/** Deleting the account for good, 30 days later. */
export interface AccountDeletion {
  /** For a login that has not shown its PIN. Null: nothing was asked for, or it was taken back. */
  pending(): Promise<PendingDeletion | null>;
  /** @throws {DomainError} what `unlock` throws */
  open(pin: Secret<string>): Promise<DeletionFlow>;
}
