import { isDomainError, type PersonView, type RecoveryContactView } from '@hexkey/contract';
import type { PhoneVerification } from '@hexkey/sdk';

/** What the PIN opens: who it is, or the choice of somebody. */
export type ContactGoal = 'view' | 'set';

/** Where looking at, setting or changing the recovery contact stands. */
export type ContactFlow =
  /** What a recovery contact is and is not. */
  | { readonly at: 'explain' }
  /** What must be so before it is worth beginning. */
  | { readonly at: 'ready' }
  /** One is set: looking at it needs the PIN. */
  | { readonly at: 'door' }
  /** `again`: the PIN was typed too long ago. */
  | { readonly at: 'pin'; readonly goal: ContactGoal; readonly again: boolean }
  | { readonly at: 'choose'; readonly present: RecoveryContactView | null; readonly refusal: Refusal | null }
  | {
      readonly at: 'code';
      readonly person: PersonView;
      readonly verification: PhoneVerification;
      readonly present: RecoveryContactView | null;
    }
  /** `news`: what was just done. */
  | {
      readonly at: 'contact';
      readonly contact: RecoveryContactView;
      readonly news: 'set' | 'changed' | 'rehearsed' | null;
    }
  | { readonly at: 'removed' };

/** Why somebody was not sent a code. */
export interface Refusal {
  readonly person: PersonView;
  readonly error: unknown;
}

export type ContactEvent =
  | { readonly type: 'understood' }
  | { readonly type: 'ready' }
  | { readonly type: 'asked-to-view' }
  /** The PIN was right; `contact` is the one that is set. */
  | { readonly type: 'opened'; readonly contact: RecoveryContactView | null }
  | { readonly type: 'asked-to-change' }
  | { readonly type: 'sent'; readonly person: PersonView; readonly verification: PhoneVerification }
  | { readonly type: 'refused'; readonly person: PersonView; readonly error: unknown }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'went-back' }
  | { readonly type: 'confirmed'; readonly contact: RecoveryContactView }
  | { readonly type: 'removed' };

export const beginContactFlow = (isSet: boolean): ContactFlow => (isSet ? { at: 'door' } : { at: 'explain' });

export function advanceContactFlow(flow: ContactFlow, event: ContactEvent): ContactFlow {
  switch (event.type) {
    case 'understood':
      return flow.at === 'explain' ? { at: 'ready' } : flow;
    case 'ready':
      return flow.at === 'ready' ? { at: 'pin', goal: 'set', again: false } : flow;
    case 'asked-to-view':
      return flow.at === 'door' ? { at: 'pin', goal: 'view', again: false } : flow;
    case 'opened':
      return flow.at === 'pin' ? afterPin(flow.goal, event.contact) : flow;
    case 'asked-to-change':
      return flow.at === 'contact' ? { at: 'choose', present: flow.contact, refusal: null } : flow;
    case 'sent':
      return afterSent(flow, event.person, event.verification);
    case 'refused':
      if (isDomainError(event.error, 'PinNeededAgain')) return pinAgain(flow);
      return flow.at === 'choose' ? { ...flow, refusal: { person: event.person, error: event.error } } : flow;
    case 'failed':
      if (isDomainError(event.error, 'PinNeededAgain')) return pinAgain(flow);
      // Something changed between the code and its entry: the choice is made anew, and why is said there.
      return flow.at === 'code' && isDomainError(event.error, 'InvalidRecoveryContact')
        ? { at: 'choose', present: flow.present, refusal: { person: flow.person, error: event.error } }
        : flow;
    case 'went-back':
      if (flow.at === 'code') return { at: 'choose', present: flow.present, refusal: null };
      return flow.at === 'choose' && flow.present !== null
        ? { at: 'contact', contact: flow.present, news: null }
        : flow;
    case 'confirmed':
      return flow.at === 'code'
        ? { at: 'contact', contact: event.contact, news: newsOf(flow.present, event.contact) }
        : flow;
    case 'removed':
      return flow.at === 'contact' ? { at: 'removed' } : flow;
  }
}

function afterPin(goal: ContactGoal, contact: RecoveryContactView | null): ContactFlow {
  if (goal === 'view' && contact !== null) return { at: 'contact', contact, news: null };
  return { at: 'choose', present: contact, refusal: null };
}

/** A code for the one who is set is a rehearsal; it begins on their page. */
function afterSent(flow: ContactFlow, person: PersonView, verification: PhoneVerification): ContactFlow {
  if (flow.at === 'choose') return { at: 'code', person, verification, present: flow.present };
  if (flow.at === 'contact') return { at: 'code', person, verification, present: flow.contact };
  return flow.at === 'code' ? { ...flow, verification } : flow;
}

function pinAgain(flow: ContactFlow): ContactFlow {
  const goal = flow.at === 'contact' ? 'view' : 'set';
  return flow.at === 'removed' ? flow : { at: 'pin', goal, again: true };
}

function newsOf(present: RecoveryContactView | null, contact: RecoveryContactView) {
  if (present === null) return 'set';
  return present.person.hexkeyId === contact.person.hexkeyId ? 'rehearsed' : 'changed';
}

/** Who can be chosen: people, found by name or by the beginning of their Hexkey ID. */
export function choosable(contacts: readonly PersonView[], search: string): readonly PersonView[] {
  const wanted = search.trim().toLocaleLowerCase();
  return contacts.filter(
    ({ kind, name, hexkeyId }) =>
      kind === 'person' &&
      (wanted === '' || (name ?? '').toLocaleLowerCase().includes(wanted) || hexkeyId.startsWith(wanted)),
  );
}
