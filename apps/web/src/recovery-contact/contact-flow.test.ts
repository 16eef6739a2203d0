import { DomainError, type PersonView, type RecoveryContactView } from '@hexkey/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceContactFlow, beginContactFlow, type ContactEvent, choosable } from './contact-flow.ts';

const aPerson = (hexkeyId: string, name: string | null): PersonView => ({
  hexkeyId,
  name,
  avatarId: null,
  kind: 'person',
  relation: 'contact',
});
const katherine = aPerson('29979245', 'Katherine Johnson');
const emmy = aPerson('13806490', 'Emmy Noether');
const setTo = (person: PersonView): RecoveryContactView => ({ person, setAtMs: 1, problem: null });
const verification = { verificationId: 'v', resendAtMs: 60_000, expiresAtMs: 300_000 };
const sentTo = (person: PersonView): ContactEvent => ({ type: 'sent', person, verification });
const opened = (contact: RecoveryContactView | null): ContactEvent => ({ type: 'opened', contact });
const confirmed = (person: PersonView): ContactEvent => ({ type: 'confirmed', contact: setTo(person) });
const tooLongAgo = new DomainError('PinNeededAgain', {});

const run = (isSet: boolean, ...events: readonly ContactEvent[]) =>
  events.reduce(advanceContactFlow, beginContactFlow(isSet));
const toChoice: readonly ContactEvent[] = [{ type: 'understood' }, { type: 'ready' }, opened(null)];

test('setting one: what it is, readiness, PIN, choice, code, the page of the contact', () => {
  expect(run(false).at).toBe('explain');
  expect(run(false, { type: 'understood' }).at).toBe('ready');
  expect(run(false, { type: 'understood' }, { type: 'ready' }).at).toBe('pin');
  expect(run(false, ...toChoice).at).toBe('choose');
  expect(run(false, ...toChoice, sentTo(katherine)).at).toBe('code');
  const end = run(false, ...toChoice, sentTo(katherine), confirmed(katherine));
  expect(end).toEqual({ at: 'contact', contact: setTo(katherine), news: 'set' });
});

test('one who is set is shown for the PIN alone, and one who is gone meanwhile leads to the choice', () => {
  const asked: ContactEvent = { type: 'asked-to-view' };
  expect(run(true).at).toBe('door');
  expect(run(true, asked, opened(setTo(emmy)))).toMatchObject({ at: 'contact', news: null });
  expect(run(true, asked, opened(null)).at).toBe('choose');
});

test('changing and rehearsing are told apart by who it is', () => {
  const shown: readonly ContactEvent[] = [{ type: 'asked-to-view' }, opened(setTo(emmy))];
  const change: ContactEvent = { type: 'asked-to-change' };
  expect(run(true, ...shown, change, sentTo(katherine), confirmed(katherine))).toMatchObject({
    news: 'changed',
  });
  expect(run(true, ...shown, sentTo(emmy), confirmed(emmy))).toMatchObject({ news: 'rehearsed' });
});

test('somebody who is refused is named with the reason, and somebody else can be chosen', () => {
  const error = new DomainError('InvalidRecoveryContact', { reason: 'not-added-back' });
  const flow = run(false, ...toChoice, { type: 'refused', person: emmy, error });
  expect(flow).toEqual({ at: 'choose', present: null, refusal: { person: emmy, error } });
  expect(advanceContactFlow(flow, sentTo(katherine)).at).toBe('code');
  const late = run(false, ...toChoice, sentTo(emmy), { type: 'failed', error });
  expect(late).toEqual({ at: 'choose', present: null, refusal: { person: emmy, error } });
});

test('a wrong code stays with the code', () => {
  const error = new DomainError('WrongCode', { triesLeft: 2 });
  expect(run(false, ...toChoice, sentTo(emmy), { type: 'failed', error }).at).toBe('code');
});

const anyEvent = fc.constantFrom<ContactEvent>(
  { type: 'understood' },
  { type: 'ready' },
  { type: 'asked-to-view' },
  opened(null),
  opened(setTo(emmy)),
  { type: 'asked-to-change' },
  sentTo(katherine),
  { type: 'refused', person: emmy, error: tooLongAgo },
  { type: 'failed', error: new DomainError('WrongCode', { triesLeft: 1 }) },
  { type: 'went-back' },
  confirmed(katherine),
  { type: 'removed' },
);

test('nobody is seen, chosen or removed before a PIN, whatever is tapped in whichever order', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(anyEvent), (isSet, events) => {
      let flow = beginContactFlow(isSet);
      let isProven = false;
      for (const event of events) {
        const next = advanceContactFlow(flow, event);
        if (flow.at === 'pin' && event.type === 'opened') isProven = true;
        if (event.type === 'refused') isProven = false;
        if (['choose', 'code', 'contact'].includes(next.at)) expect(isProven).toBe(true);
        if (next.at === 'removed' && flow.at !== 'removed') expect(flow.at).toBe('contact');
        flow = next;
      }
    }),
  );
});

test('people are found by name and by the beginning of their ID; an official account is none', () => {
  const official: PersonView = { ...aPerson('7000', 'Team Hexkey'), kind: 'official' };
  const all = [katherine, emmy, official, aPerson('55555555', null)];
  expect(choosable(all, ' noe ')).toEqual([emmy]);
  expect(choosable(all, '2997')).toEqual([katherine]);
  expect(choosable(all, '')).toHaveLength(3);
});
