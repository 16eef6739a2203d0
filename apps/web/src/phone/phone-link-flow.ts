import { isDomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PhoneLinked, PhoneVerification } from '@hexkey/sdk';

/** Adding or changing a number, or verifying the one that is linked. */
export type PhoneGoal = 'link' | 'verify';

/** Where it stands. The number lives here only, in memory, and goes when the page is left. */
export type PhoneLinkFlow =
  /** `again`: the PIN was typed too long ago. */
  | { readonly at: 'pin'; readonly again: boolean }
  /** `phone`: what was typed before, to be corrected. `refusal`: why it cannot be linked. */
  | { readonly at: 'number'; readonly phone: Secret<string> | null; readonly refusal: unknown }
  /** `phone` null: the one that is linked already. */
  | { readonly at: 'confirm'; readonly phone: Secret<string> | null }
  | {
      readonly at: 'code';
      readonly phone: Secret<string> | null;
      readonly verification: PhoneVerification;
    }
  | { readonly at: 'done'; readonly linked: PhoneLinked };

export type PhoneLinkEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'chose'; readonly phone: Secret<string> }
  | { readonly type: 'chose-again' }
  | { readonly type: 'sent'; readonly verification: PhoneVerification }
  | { readonly type: 'refused'; readonly error: unknown }
  | { readonly type: 'linked'; readonly linked: PhoneLinked };

export const beginPhoneLink: PhoneLinkFlow = { at: 'pin', again: false };

export function advancePhoneLink(flow: PhoneLinkFlow, event: PhoneLinkEvent, goal: PhoneGoal): PhoneLinkFlow {
  switch (event.type) {
    case 'opened':
      if (flow.at !== 'pin') return flow;
      return goal === 'verify'
        ? { at: 'confirm', phone: null }
        : { at: 'number', phone: null, refusal: null };
    case 'chose':
      return flow.at === 'number' ? { at: 'confirm', phone: event.phone } : flow;
    case 'chose-again':
      // The number that is verified again is the one that is linked: there is none to choose.
      return goal === 'link' && (flow.at === 'confirm' || flow.at === 'code')
        ? { at: 'number', phone: flow.phone, refusal: null }
        : flow;
    case 'sent':
      return flow.at === 'confirm' || flow.at === 'code'
        ? { at: 'code', phone: flow.phone, verification: event.verification }
        : flow;
    case 'refused':
      return flow.at === 'done' ? flow : afterRefusal(flow, event.error, goal);
    case 'linked':
      return flow.at === 'code' ? { at: 'done', linked: event.linked } : flow;
  }
}

/** What a refusal leads back to; any other is said where it happened, and the step stays. */
function afterRefusal(flow: PhoneLinkFlow, error: unknown, goal: PhoneGoal): PhoneLinkFlow {
  if (isDomainError(error, 'PinNeededAgain')) return { at: 'pin', again: true };
  const wantsAnother = isDomainError(error, 'InvalidPhoneNumber') || isDomainError(error, 'PhoneNumberInUse');
  return wantsAnother && goal === 'link' && 'phone' in flow
    ? { at: 'number', phone: flow.phone, refusal: error }
    : flow;
}
