import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BudgetReport, truthOfNodes } from './truth-of-nodes.ts';

const open = (left: number): BudgetReport => ({ left, openInMs: 0 });
const locked = (openInMs: number): BudgetReport => ({ left: 0, openInMs });

describe('what t nodes together allow', () => {
  test('attempts left are the t-th largest: a lagging and a lying node move nothing', () => {
    expect(truthOfNodes([open(4), open(5), open(4), open(0), open(4)], 3)).toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 4 },
    });
  });

  test('fewer than t open nodes are a lock until the t-th opens', () => {
    expect(truthOfNodes([locked(50), locked(20), open(1), open(1), locked(30)], 3)).toMatchObject({
      name: 'PinLocked',
      details: { retryAfterMs: 20 },
    });
    expect(truthOfNodes([locked(50), open(2), open(1), open(1)], 3)).toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 1 },
    });
  });

  test('fewer than t reports say nothing', () => {
    expect(truthOfNodes([open(1), locked(5)], 3)).toBe(null);
  });

  test('t-1 nodes cannot announce more attempts or an earlier opening than the others do', () => {
    const report = fc.record({ left: fc.nat(10), openInMs: fc.nat(1000) });
    const honest = fc.record({ left: fc.integer({ min: 1, max: 5 }), openInMs: fc.constant(0) });
    fc.assert(
      fc.property(fc.array(honest, { minLength: 3, maxLength: 3 }), report, report, (good, bad, worse) => {
        const truth = truthOfNodes([...good, bad, worse], 3);
        const most = Math.max(...good.map(({ left }) => left));
        if (truth?.name === 'WrongPin')
          expect((truth.details as { attemptsLeft: number }).attemptsLeft).toBeLessThanOrEqual(most);
        else expect(truth).toBe(null);
      }),
    );
  });
});
