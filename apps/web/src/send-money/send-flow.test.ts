import { DomainError } from '@hexkey/contract';
import type { Transfer, TransferQuote } from '@hexkey/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceSend, beginSend, type SendEvent, type SendFlow } from './send-flow.ts';

const sol = { mint: null, symbol: 'SOL', name: 'Solana', decimals: 9 };
const quoteOf = (intentId: string, more: Partial<TransferQuote> = {}): TransferQuote => ({
  intentId,
  recipient: { address: 'A'.repeat(44), hexkeyId: null, name: null, isContact: false },
  asset: sol,
  amount: 5n,
  memo: null,
  feeLamports: 5000n,
  rentLamports: 0n,
  warnings: [],
  ...more,
});
const transferOf = (id: string, state: Transfer['state']): Transfer => ({
  id,
  direction: 'out',
  state,
  failure: state === 'failed' ? 'custom program error: 0x1' : null,
  signature: 'S'.repeat(88),
  asset: sol,
  amount: 5n,
  feeLamports: 5000n,
  counterparty: { address: 'A'.repeat(44), hexkeyId: null, name: null },
  memo: null,
  atMs: 1,
  cheatingNodes: [],
});
const run = (events: readonly SendEvent[], from: SendFlow = beginSend()) => events.reduce(advanceSend, from);

const chose: SendEvent = { type: 'chose', to: { address: 'A'.repeat(44) } };
const typed: SendEvent = { type: 'typed', typed: { mint: null, text: '5', memo: 'tea' } };
const quoted: SendEvent = { type: 'quoted', quote: quoteOf('one') };
const accepted: SendEvent = { type: 'accepted' };
const signing: SendEvent = { type: 'progressed', progress: { step: 'signing', done: 1, of: 3 } };
const sending: SendEvent = { type: 'progressed', progress: { step: 'sending' } };
const refused = (error: unknown): SendEvent => ({ type: 'refused', error });
const toApproval = [chose, typed, quoted, accepted];

test('recipient, amount, review, PIN, work, done: one after the other', () => {
  const steps = [
    ...toApproval,
    signing,
    sending,
    { type: 'settled', transfer: transferOf('one', 'confirmed') },
  ];
  const seen: string[] = [];
  (steps as SendEvent[]).reduce((flow, event) => {
    const next = advanceSend(flow, event);
    seen.push(next.at);
    return next;
  }, beginSend());
  expect(seen).toEqual(['amount', 'amount', 'review', 'approve', 'working', 'working', 'sent']);
});

test('a recipient or an asset that was chosen elsewhere is not asked for again', () => {
  const to = { hexkeyId: '60221407', name: 'Grace Hopper', avatarId: null };
  expect(beginSend({ to, mint: 'M' })).toMatchObject({ at: 'amount', to, typed: { mint: 'M' } });
  expect(beginSend({ mint: 'M' })).toMatchObject({ at: 'recipient', typed: { mint: 'M' } });
});

test('each warning is confirmed on its own before the PIN is asked for, and a new quote asks again', () => {
  const warned: SendEvent = {
    type: 'quoted',
    quote: quoteOf('one', {
      warnings: [{ kind: 'stranger' }, { kind: 'duplicate', atMs: 1 }, { kind: 'large' }],
    }),
  };
  const confirm = (warning: 'stranger' | 'duplicate' | 'large', isConfirmed = true): SendEvent => ({
    type: 'confirmed',
    warning,
    isConfirmed,
  });
  expect(run([chose, typed, warned, accepted]).at).toBe('review');
  const two = [chose, typed, warned, confirm('stranger'), confirm('duplicate')];
  expect(run([...two, accepted]).at).toBe('review');
  expect(run([...two, confirm('large'), confirm('stranger', false), accepted]).at).toBe('review');
  const all = [...two, confirm('large')];
  expect(run([...all, accepted]).at).toBe('approve');
  expect(run([...all, { type: 'back' }, warned, accepted]).at).toBe('review');
});

test('back keeps what was typed, and leads nowhere once nodes sign', () => {
  expect(run([...toApproval, { type: 'back' }]).at).toBe('review');
  expect(run([...toApproval, { type: 'back' }, { type: 'back' }])).toMatchObject({
    at: 'amount',
    typed: { text: '5', memo: 'tea' },
  });
  expect(run([chose, typed, { type: 'back' }, chose])).toMatchObject({ at: 'amount', typed: { text: '5' } });
  expect(run([...toApproval, signing, { type: 'back' }]).at).toBe('working');
});

test('a wrong PIN is said at the PIN: the step stays', () => {
  expect(run([...toApproval, refused(new DomainError('WrongPin', { attemptsLeft: 4 }))]).at).toBe('approve');
  expect(run([...toApproval, refused(new DomainError('Offline', {}))]).at).toBe('approve');
});

test('what stops the signing can be retried, and the same payment is sent', () => {
  const stopped = run([
    ...toApproval,
    signing,
    refused(new DomainError('NodesUnavailable', { reachable: 2, needed: 3 })),
  ]);
  expect(stopped).toMatchObject({ at: 'failed', next: 'retry', quote: { intentId: 'one' } });
  expect(run([{ type: 'anew' }], stopped)).toBe(stopped);
  expect(run([{ type: 'retry' }], stopped)).toMatchObject({ at: 'approve', quote: { intentId: 'one' } });
});

test('bytes that may be out are never called failed: the payment is under way until the ledger has spoken', () => {
  for (const error of [
    new DomainError('Offline', {}),
    new DomainError('LedgerUnavailable', {}),
    new Error('x'),
  ])
    expect(run([...toApproval, signing, sending, refused(error)]).at).toBe('under-way');
  const away = run([...toApproval, signing, refused(new DomainError('LedgerUnavailable', {}))]);
  expect(away.at).toBe('under-way');
  expect(run([{ type: 'settled', transfer: transferOf('another', 'confirmed') }], away)).toBe(away);
  expect(run([{ type: 'settled', transfer: transferOf('one', 'confirmed') }], away).at).toBe('sent');
  expect(run([{ type: 'settled', transfer: transferOf('one', 'failed') }], away)).toMatchObject({
    at: 'failed',
    next: 'anew',
    error: new DomainError('TransferFailed', { reason: 'custom program error: 0x1' }),
  });
  const expired = { ...transferOf('one', 'failed'), failure: 'expired' };
  expect(run([{ type: 'settled', transfer: expired }], away)).toMatchObject({
    error: new DomainError('TransferExpired', {}),
  });
});

test('a payment that proves to be unsigned does not go on by itself: the same is sent again', () => {
  const away = run([...toApproval, signing, refused(new DomainError('LedgerUnavailable', {}))]);
  const unsigned = { ...transferOf('one', 'pending'), signature: null };
  const stopped = run([{ type: 'settled', transfer: unsigned }], away);
  expect(stopped).toMatchObject({ at: 'failed', next: 'retry', quote: { intentId: 'one' } });
});

test('after an end that paid nothing the form is there again, with what was typed', () => {
  const over = run([...toApproval, signing, refused(new DomainError('TransferExpired', {}))]);
  expect(over).toMatchObject({ at: 'failed', next: 'anew' });
  expect(run([{ type: 'anew' }], over)).toMatchObject({ at: 'amount', typed: { text: '5', memo: 'tea' } });
});

const anyEvent: fc.Arbitrary<SendEvent> = fc.oneof(
  fc.constantFrom<SendEvent>(chose, typed, accepted, signing, sending, { type: 'back' }),
  fc.constantFrom<SendEvent>({ type: 'retry' }, { type: 'anew' }),
  fc.constantFrom('one', 'two').map((id): SendEvent => ({ type: 'quoted', quote: quoteOf(id) })),
  fc
    .constantFrom(
      new DomainError('Offline', {}),
      new DomainError('LedgerUnavailable', {}),
      new DomainError('TransferExpired', {}),
      new DomainError('WrongPin', { attemptsLeft: 3 }),
    )
    .map(refused),
  fc
    .tuple(fc.constantFrom('one', 'two'), fc.constantFrom('pending', 'confirmed', 'failed'))
    .map(([id, state]): SendEvent => ({ type: 'settled', transfer: transferOf(id, state) })),
);

test('no order of taps and answers leads from a payment that may be signed to another, unless it is known to be unpaid', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      let flow = beginSend();
      for (const event of events) {
        const before = flow;
        flow = advanceSend(before, event);
        const wasSigned = before.at === 'working' || before.at === 'under-way';
        if (wasSigned) expect(['working', 'under-way', 'sent', 'failed']).toContain(flow.at);
        if (before.at === 'failed' && before.next === 'retry' && 'quote' in flow)
          expect(flow.quote.intentId).toBe(before.quote.intentId);
        if (before.at === 'failed' && before.next === 'retry')
          expect(['failed', 'approve']).toContain(flow.at);
        if (before.at === 'sent') expect(flow).toBe(before);
      }
    }),
  );
});
