import { isDomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PhoneVerification } from '@hexkey/sdk';

/** Methods that begin with the number. */
export type NumberDrill = 'phone' | 'contact';
type CodeTimes = Omit<PhoneVerification, 'verificationId'>;

/** Where a rehearsal stands. The number lives here only, in memory, and goes when the page is left. */
export type DrillFlow =
  /** `again`: the PIN was typed too long ago, or the rehearsal ran out. */
  | { readonly at: 'pin'; readonly again: boolean }
  /** `refusal`: why it has to begin here again. */
  | { readonly at: 'number'; readonly phone: Secret<string> | null; readonly refusal: unknown }
  /** The SMS is on its way: typed with `phone`, waited for in vain with `contact`. */
  | { readonly at: 'code'; readonly phone: Secret<string>; readonly verification: PhoneVerification }
  | { readonly at: 'contact'; readonly phone: Secret<string>; readonly contactLoginId: string }
  | {
      readonly at: 'contact-code';
      readonly phone: Secret<string>;
      readonly contactLoginId: string;
      readonly hexkeyId: string;
      readonly times: CodeTimes;
    }
  | { readonly at: 'done' };

export type DrillEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'sent'; readonly phone: Secret<string>; readonly verification: PhoneVerification }
  | { readonly type: 'offered'; readonly contactLoginId: string }
  | { readonly type: 'asked'; readonly hexkeyId: string; readonly times: CodeTimes }
  | { readonly type: 'failed'; readonly phone: Secret<string> | null; readonly error: unknown }
  | { readonly type: 'worked' };

export const beginDrill: DrillFlow = { at: 'pin', again: false };

export function advanceDrill(flow: DrillFlow, event: DrillEvent, method: NumberDrill): DrillFlow {
  switch (event.type) {
    case 'opened':
      return flow.at === 'pin' ? { at: 'number', phone: null, refusal: null } : flow;
    case 'sent':
      return flow.at === 'number' || flow.at === 'code'
        ? { at: 'code', phone: event.phone, verification: event.verification }
        : flow;
    case 'offered':
      return method === 'contact' && flow.at === 'code'
        ? { at: 'contact', phone: flow.phone, contactLoginId: event.contactLoginId }
        : flow;
    case 'asked':
      if (flow.at !== 'contact' && flow.at !== 'contact-code') return flow;
      return { ...flow, at: 'contact-code', hexkeyId: event.hexkeyId, times: event.times };
    case 'failed':
      return flow.at === 'done' ? flow : afterFailure(flow, event);
    case 'worked':
      return flow.at === lastStep[method] ? { at: 'done' } : flow;
  }
}

const lastStep = { phone: 'code', contact: 'contact-code' } as const;

/** What a failure leads back to; any other is said where it happened, and the step stays. */
function afterFailure(
  flow: DrillFlow,
  { phone, error }: { readonly phone: Secret<string> | null; readonly error: unknown },
): DrillFlow {
  if (isDomainError(error, 'PinNeededAgain') || isDomainError(error, 'DrillEnded'))
    return { at: 'pin', again: true };
  const beginsAnew = beginningAnew.some((name) => isDomainError(error, name));
  return beginsAnew && flow.at !== 'pin' ? { at: 'number', phone, refusal: error } : flow;
}

/** The number leads elsewhere or nowhere; the login through the contact was refused or is over. */
const beginningAnew = [
  'DrillElsewhere',
  'DrillWithoutShard',
  'InvalidPhoneNumber',
  'NoRecoveryContact',
  'NotFound',
] as const;
