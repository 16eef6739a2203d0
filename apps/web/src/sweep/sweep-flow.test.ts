import { DomainError } from '@hexkey/contract';
import type { SweepPlan } from '@hexkey/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceSweep, beginSweep, type SweepEvent, type SweepFlow } from './sweep-flow.ts';

const sol = { mint: null, symbol: 'SOL', name: 'Solana', decimals: 9 };
const token = { mint: 'T', symbol: 'T', name: 'T', decimals: 6 };
const spam = { mint: 'S', symbol: 'S', name: 'S', decimals: 0 };
const costs = { feeLamports: 5000n, rentLamports: 0n };
const plan: SweepPlan = {
  address: 'A',
  goes: [
    { asset: token, amount: 5n, ...costs, isKnown: true },
    { asset: spam, amount: 1n, ...costs, isKnown: false },
    { asset: sol, amount: 7n, ...costs, isKnown: true },
  ],
  stays: [],
};
const run = (events: readonly SweepEvent[], from: SweepFlow = beginSweep) =>
  events.reduce(advanceSweep, from);
const typed: SweepEvent = { type: 'typed', text: ' A ' };
const planned: SweepEvent = { type: 'planned', plan };
const owned: SweepEvent = { type: 'owned', isOwn: true };
const accepted: SweepEvent = { type: 'accepted' };
const moving: SweepEvent = {
  type: 'progressed',
  progress: { step: 'moving', asset: token, done: 0, of: 2 },
};
const swept: SweepEvent = {
  type: 'swept',
  swept: [{ asset: token, moved: 5n, left: null, cheatingNodes: [] }],
};
const refused = (error: unknown): SweepEvent => ({ type: 'refused', error });

test('address, review, PIN, work, done: one after the other', () => {
  const seen = [typed, planned, owned, accepted, moving, swept].map(
    (_, place, all) => run(all.slice(0, place + 1)).at,
  );
  expect(seen).toEqual(['address', 'review', 'review', 'approve', 'working', 'done']);
});

test('the PIN is asked for only once the owner says that the address is theirs, and something goes', () => {
  expect(run([typed, planned, accepted]).at).toBe('review');
  expect(run([typed, planned, owned, { type: 'owned', isOwn: false }, accepted]).at).toBe('review');
  const none = ['T', null].map((mint): SweepEvent => ({ type: 'chose', mint, isChosen: false }));
  expect(run([typed, planned, owned, ...none, accepted]).at).toBe('review');
});

test('tokens that nobody here has paid in go only when they are chosen, in the order of the plan', () => {
  expect(run([planned])).toMatchObject({ mints: ['T', null] });
  expect(run([planned, { type: 'chose', mint: 'S', isChosen: true }])).toMatchObject({
    mints: ['T', 'S', null],
  });
  expect(run([planned, { type: 'chose', mint: 'T', isChosen: false }])).toMatchObject({ mints: [null] });
});

test('a wrong PIN is said at the PIN; another address has to be owned anew', () => {
  const asked = [typed, planned, owned, accepted];
  expect(run([...asked, refused(new DomainError('WrongPin', { attemptsLeft: 4 }))]).at).toBe('approve');
  const back = run([...asked, { type: 'back' }, { type: 'back' }]);
  expect(back).toEqual({ at: 'address', text: 'A' });
  expect(run([planned, accepted], back).at).toBe('review');
});

test('what stops between two assets says so, and beginning anew makes a new plan', () => {
  const error = new DomainError('NodesUnavailable', { reachable: 2, needed: 3 });
  const stopped = run([typed, planned, owned, accepted, moving, refused(error)]);
  expect(stopped).toEqual({ at: 'stopped', error, address: 'A' });
  expect(run([{ type: 'anew' }], stopped)).toEqual({ at: 'address', text: 'A' });
});

const anyEvent = fc.constantFrom<SweepEvent>(
  typed,
  planned,
  owned,
  { type: 'owned', isOwn: false },
  accepted,
  { type: 'back' },
  moving,
  swept,
  refused(new DomainError('Offline', {})),
  { type: 'anew' },
);

test('no order of taps and answers moves anything that was not accepted', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      let flow = beginSweep;
      for (const event of events) {
        const before = flow;
        flow = advanceSweep(before, event);
        if (flow.at === 'approve' && before.at !== 'approve')
          expect(before).toMatchObject({ at: 'review', isOwn: true });
        if (flow.at === 'working') expect(['approve', 'working']).toContain(before.at);
        if (before.at === 'working') expect(['working', 'done', 'stopped']).toContain(flow.at);
      }
    }),
  );
});
