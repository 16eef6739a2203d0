import type { Secret } from '@hexkey/protocol';
import type { PhoneVerification, Words } from '@hexkey/sdk';

/** What passes from one page of the onboarding to the next. In memory only: a phone number or words never meet a URL. */
export interface OnboardingState {
  /** While the first PIN is set, its page stays although the account is open before the words are at hand. */
  readonly isSettingPin: boolean;
  readonly verification: PendingVerification | null;
  /** A login with a right code that was refused because another system's PIN guards the account still: the code goes on with the old PIN. */
  readonly legacyLogin: { readonly verificationId: string; readonly code: Secret<string> } | null;
  /** A login through the recovery contact that was offered; `sent` once the contact was sent a code. */
  readonly contactLogin: PendingContactEntry | null;
  /** Made on this device and kept for a retry, so that a lost answer does not make a second account. */
  readonly newWords: Words | null;
  readonly offeredWords: Words | null;
}

export interface PendingContactEntry {
  readonly contactLoginId: string;
  readonly sent: {
    /** Of the contact; for another code to the same one. */
    readonly hexkeyId: string;
    readonly resendAtMs: number;
    readonly expiresAtMs: number;
  } | null;
}

export interface PendingVerification {
  readonly purpose: 'register' | 'login';
  readonly phone: Secret<string>;
  readonly verification: PhoneVerification;
}

export const initialOnboarding: OnboardingState = {
  isSettingPin: false,
  verification: null,
  legacyLogin: null,
  contactLogin: null,
  newWords: null,
  offeredWords: null,
};
