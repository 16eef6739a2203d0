import { DomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  advancePhoneLink,
  beginPhoneLink,
  type PhoneGoal,
  type PhoneLinkEvent,
  type PhoneLinkFlow,
} from './phone-link-flow.ts';

const phone = new Secret('+41791234567');
const verification = { verificationId: 'v', resendAtMs: 60_000, expiresAtMs: 300_000 };
const linked = { result: 'added', phoneMasked: '+•• 567' } as const;
const opened: PhoneLinkEvent = { type: 'opened' };
const chose: PhoneLinkEvent = { type: 'chose', phone };
const sent: PhoneLinkEvent = { type: 'sent', verification };
const done: PhoneLinkEvent = { type: 'linked', linked };
const refusedWith = (error: unknown): PhoneLinkEvent => ({ type: 'refused', error });

const run = (goal: PhoneGoal, ...events: readonly PhoneLinkEvent[]): PhoneLinkFlow =>
  events.reduce((flow, event) => advancePhoneLink(flow, event, goal), beginPhoneLink);

test('a number is added: PIN, number, confirm, code, added', () => {
  expect(run('link').at).toBe('pin');
  expect(run('link', opened).at).toBe('number');
  expect(run('link', opened, chose).at).toBe('confirm');
  expect(run('link', opened, chose, sent).at).toBe('code');
  expect(run('link', opened, chose, sent, done)).toEqual({ at: 'done', linked });
});

test('a number that is to be corrected is still there', () => {
  expect(run('link', opened, chose, { type: 'chose-again' })).toEqual({ at: 'number', phone, refusal: null });
  expect(run('link', opened, chose, sent, { type: 'chose-again' })).toMatchObject({ phone });
});

test('verifying again asks for no number, and none can be slipped in', () => {
  expect(run('verify', opened)).toEqual({ at: 'confirm', phone: null });
  expect(run('verify', opened, { type: 'chose-again' }, chose)).toEqual({ at: 'confirm', phone: null });
  expect(run('verify', opened, sent)).toEqual({ at: 'code', phone: null, verification });
});

test.each([new DomainError('PhoneNumberInUse', {}), new DomainError('InvalidPhoneNumber', {})])(
  'a number that cannot be linked leads back to the number and says why: $name',
  (error) =>
    expect(run('link', opened, chose, sent, refusedWith(error))).toEqual({
      at: 'number',
      phone,
      refusal: error,
    }),
);

test.each([
  new DomainError('WrongCode', { triesLeft: 2 }),
  new DomainError('ExpiredCode', {}),
  new DomainError('SmsNotDelivered', {}),
  new DomainError('CodeAskedTooOften', { retryAfterMs: 1 }),
  new DomainError('Offline', {}),
  new Error('a fault'),
])('other refusals stay where they happened: $name', (error) => {
  expect(run('link', opened, chose, sent, refusedWith(error)).at).toBe('code');
  expect(run('link', opened, chose, refusedWith(error)).at).toBe('confirm');
});

const anyEvent = fc.constantFrom<PhoneLinkEvent>(
  opened,
  chose,
  { type: 'chose-again' },
  sent,
  refusedWith(new DomainError('PinNeededAgain', {})),
  refusedWith(new DomainError('WrongCode', { triesLeft: 1 })),
  refusedWith(new DomainError('PhoneNumberInUse', {})),
  done,
);

test('nothing is linked without a code, and a PIN typed too long ago is asked for again, whatever comes in between', () => {
  fc.assert(
    fc.property(fc.constantFrom<PhoneGoal>('link', 'verify'), fc.array(anyEvent), (goal, events) => {
      let flow = beginPhoneLink;
      for (const event of events) {
        const next = advancePhoneLink(flow, event, goal);
        if (next.at === 'done') expect(['code', 'done']).toContain(flow.at);
        if (next.at === 'code') expect(['confirm', 'code']).toContain(flow.at);
        if (event.type === 'refused' && isPinNeeded(event.error) && flow.at !== 'done')
          expect(next).toEqual({ at: 'pin', again: true });
        flow = next;
      }
    }),
  );
});

const isPinNeeded = (error: unknown) => error instanceof DomainError && error.name === 'PinNeededAgain';
