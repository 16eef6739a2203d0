import { DomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceDrill, beginDrill, type DrillEvent, type DrillFlow, type NumberDrill } from './drill-flow.ts';

const phone = new Secret('+41791234567');
const verification = { verificationId: 'v', resendAtMs: 60_000, expiresAtMs: 300_000 };
const times = { resendAtMs: 60_000, expiresAtMs: 300_000 };
const opened: DrillEvent = { type: 'opened' };
const sent: DrillEvent = { type: 'sent', phone, verification };
const offered: DrillEvent = { type: 'offered', contactLoginId: 'c' };
const asked: DrillEvent = { type: 'asked', hexkeyId: '1', times };
const worked: DrillEvent = { type: 'worked' };
const failed = (error: unknown): DrillEvent => ({ type: 'failed', phone, error });
const run = (method: NumberDrill, ...events: readonly DrillEvent[]): DrillFlow =>
  events.reduce((flow, event) => advanceDrill(flow, event, method), beginDrill);

test('the number by its SMS; the contact by waiting, their ID and their code', () => {
  expect(run('phone', opened, sent, worked)).toEqual({ at: 'done' });
  expect(run('contact', opened, sent, offered, asked, worked)).toEqual({ at: 'done' });
});

test('the SMS ends no rehearsal of the contact, and the contact none of the number', () => {
  expect(run('contact', opened, sent, worked).at).toBe('code');
  expect(run('contact', opened, sent, offered, worked).at).toBe('contact');
  expect(run('phone', opened, sent, offered).at).toBe('code');
});

test.each([
  new DomainError('DrillElsewhere', {}),
  new DomainError('DrillWithoutShard', {}),
  new DomainError('NotFound', { what: 'contact-login' }),
])('what cannot go on begins with the number again, and says why: $name', (error) => {
  expect(run('contact', opened, sent, offered, asked, failed(error))).toEqual({
    at: 'number',
    phone,
    refusal: error,
  });
});

test.each([
  new DomainError('WrongCode', { triesLeft: 2 }),
  new DomainError('Offline', {}),
  new DomainError('TooMany', { retryAfterMs: 1 }),
  new Error('a fault'),
])('any other failure stays where it happened: $name', (error) => {
  expect(run('phone', opened, sent, failed(error)).at).toBe('code');
  expect(run('contact', opened, sent, offered, failed(error)).at).toBe('contact');
});

const anyEvent = fc.constantFrom(
  opened,
  sent,
  offered,
  asked,
  worked,
  failed(new DomainError('PinNeededAgain', {})),
  failed(new DomainError('DrillEnded', {})),
  failed(new DomainError('DrillElsewhere', {})),
  failed(new DomainError('WrongCode', { triesLeft: 1 })),
);

test('in any order it works only from the last step of its method, and a PIN that ran out is asked for again', () => {
  fc.assert(
    fc.property(fc.constantFrom<NumberDrill>('phone', 'contact'), fc.array(anyEvent), (method, events) => {
      let flow = beginDrill;
      for (const event of events) {
        const next = advanceDrill(flow, event, method);
        if (next.at === 'done' && flow.at !== 'done')
          expect(flow.at).toBe(method === 'phone' ? 'code' : 'contact-code');
        if (event.type === 'failed' && flow.at !== 'done' && isOver(event.error))
          expect(next).toEqual({ at: 'pin', again: true });
        flow = next;
      }
    }),
  );
});

const isOver = (error: unknown) =>
  error instanceof DomainError && ['PinNeededAgain', 'DrillEnded'].includes(error.name);
