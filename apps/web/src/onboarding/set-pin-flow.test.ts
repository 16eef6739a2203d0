import { Secret } from '@hexkey/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advanceSetPin, type SetPinEvent, type SetPinFlow, startOver, stepsDone } from './set-pin-flow.ts';

const entered = (digits: string): SetPinEvent => ({ type: 'entered', pin: new Secret(digits) });
const run = (events: readonly SetPinEvent[], interrupted = false): SetPinFlow =>
  events.reduce((flow, event) => advanceSetPin(flow, event, interrupted), startOver(null));
const pins = fc.constantFrom('314159', '271828', '161803');

test('the same PIN four times in all leads to the question, never earlier', () => {
  const four = Array(4).fill(entered('314159'));
  expect(run(four.slice(0, 3))).toMatchObject({ at: 'entry', entry: 4 });
  expect(run(four).at).toBe('question');
});

test('the question is reached only when the last four entries are one PIN', () => {
  fc.assert(
    fc.property(fc.array(pins, { maxLength: 30 }), (typed) => {
      let flow = startOver(null);
      let since: string[] = [];
      for (const pin of typed) {
        flow = advanceSetPin(flow, entered(pin), false);
        since = since.length > 0 && since[0] !== pin ? [] : [...since, pin];
        if (flow.at !== 'question') continue;
        expect(since).toEqual([pin, pin, pin, pin]);
        return;
      }
      expect(since.length).toBeLessThan(4);
    }),
  );
});

test('a mismatch says so and starts the new PIN again', () => {
  const flow = run([entered('314159'), entered('314159'), entered('271828')]);
  expect(flow).toEqual({ at: 'entry', entry: 1, pin: null, problem: 'mismatch' });
});

test('nothing but the right answer leads on from the question', () => {
  const question = run(Array(4).fill(entered('314159')));
  const progress = { step: 'generating' } as const;
  for (const event of [entered('314159'), { type: 'retried' }, { type: 'progressed', progress }] as const)
    expect(advanceSetPin(question, event, false)).toBe(question);
  expect(advanceSetPin(question, { type: 'answered-rightly' }, false).at).toBe('working');
});

test('a failure keeps what was typed, and Retry uses it', () => {
  const answered: readonly SetPinEvent[] = [
    ...Array(4).fill(entered('314159')),
    { type: 'answered-rightly' },
  ];
  const failed = run([...answered, { type: 'failed', error: new Error() }]);
  const retried = advanceSetPin(failed, { type: 'retried' }, false);
  expect(retried.at === 'working' && retried.pin.reveal()).toBe('314159');
});

test('an interrupted set is finished by one entry; other digits ask again and say why', () => {
  expect(run([entered('314159')], true).at).toBe('working');
  expect(run([entered('271828'), { type: 'refused-as-different' }], true)).toMatchObject({
    problem: 'not-the-same',
  });
});

test('with nothing to finish the digits typed once are dropped, and the four entries begin', () => {
  const restarted = run([entered('314159'), { type: 'nothing-to-finish' }], true);
  expect(restarted).toEqual(startOver('nothing-to-finish'));
  expect(advanceSetPin(restarted, entered('314159'), false)).toMatchObject({ at: 'entry', entry: 2 });
});

test('progress never goes back and never reads finished before it is', () => {
  const nodes = 5;
  const counted = (step: 'connecting' | 'exchanging' | 'making-wallet') =>
    Array.from({ length: nodes + 1 }, (_, done) => ({ step, done, of: nodes }));
  const all = [
    null,
    ...counted('connecting'),
    ...counted('exchanging'),
    { step: 'generating' },
    { step: 'registering' },
    ...counted('making-wallet'),
  ] as const;
  const order = ['connecting', 'exchanging', 'generating', 'registering', 'making-wallet'] as const;
  const shown = all.map((progress) => stepsDone(progress, nodes, order).done);
  expect(shown).toEqual([...shown].sort((one, other) => one - other));
  expect(Math.max(...shown)).toBeLessThan(stepsDone(null, nodes, order).of);
});
