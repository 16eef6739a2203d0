import { isDomainError } from '@hexkey/contract';
import type { PhoneVerification } from '@hexkey/sdk';

/** Where deleting the account stands. Nothing is decided before `day` has ended. */
export type DeletionStep =
  | { readonly at: 'read' }
  /** `again`: the PIN was typed too long ago. */
  | { readonly at: 'pin'; readonly again: boolean }
  | { readonly at: 'balances' }
  /** A phone account is about to be sent a code. */
  | { readonly at: 'send' }
  | { readonly at: 'code'; readonly sent: PhoneVerification; readonly refusal: unknown }
  | { readonly at: 'day'; readonly code: TypedCode | null };

export interface TypedCode {
  readonly verificationId: string;
  readonly digits: string;
}

/** What a refusal at the last step leads back to; any other is said where it happened. */
export function afterRefusal(
  step: DeletionStep,
  sent: PhoneVerification | null,
  error: unknown,
): DeletionStep {
  if (isDomainError(error, 'PinNeededAgain')) return { at: 'pin', again: true };
  const isAboutCode = isDomainError(error, 'WrongCode') || isDomainError(error, 'ExpiredCode');
  return isAboutCode && sent !== null ? { at: 'code', sent, refusal: error } : step;
}
