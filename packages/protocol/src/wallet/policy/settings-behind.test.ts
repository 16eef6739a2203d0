import { describe, expect, test } from 'vitest';
import { defaultLimits, type LimitsState, limitsWindowMs, type SpendingLimits, setLimits } from './limits.ts';
import { type HeldSettings, settingsBehind } from './settings-behind.ts';

const bytes = (fill: number) => new Uint8Array(32).fill(fill);
const startMs = 1_700_000_000_000;
const ofLamports = (lamports: bigint): SpendingLimits => ({ ...defaultLimits.limits, lamports });
const fresh: HeldSettings = { holdUntilMs: null, approved: [], limits: defaultLimits, pay: null };
const held = (change: Partial<HeldSettings>): HeldSettings => ({ ...fresh, ...change });
const limited = (limits: LimitsState) => held({ limits });
const changed = (state: LimitsState, lamports: bigint, nowMs = startMs) =>
  setLimits(state, ofLamports(lamports), nowMs);
/** What a node that holds `own` is told, of five, three of which must agree. */
const missed = (own: HeldSettings, others: readonly HeldSettings[], payKey: Uint8Array | null = null) =>
  settingsBehind(own, [...others, own], 3, payKey);
const three = (settings: HeldSettings) => [settings, settings, settings];

describe('limits', () => {
  const lowered = changed(defaultLimits, 5n);
  const raised = changed(defaultLimits, 20_000_000_000n);

  test('a node that missed a change is told what t others were asked for, lower or higher', () => {
    for (const limits of [lowered, raised])
      expect(missed(fresh, three(limited(limits)))).toEqual([
        { kind: 'SetLimits', limits: limits.pending?.limits ?? limits.limits },
      ]);
  });

  test('one that missed a lower limit and the raise after it gets the lower one first, and so is never above the others', () => {
    const both = changed(lowered, 8n);
    const told = missed(fresh, three(limited(both)));
    expect(told).toEqual([
      { kind: 'SetLimits', limits: ofLamports(5n) },
      { kind: 'SetLimits', limits: ofLamports(8n) },
    ]);
  });

  test('a raise that waits longer at one node is not asked for anew: its wait would begin again with every PIN', () => {
    const late = changed(defaultLimits, 20_000_000_000n, startMs + limitsWindowMs / 2);
    const over: LimitsState = { limits: ofLamports(20_000_000_000n), pending: null };
    for (const others of [raised, over]) expect(missed(limited(late), three(limited(others)))).toEqual([]);
  });

  test('fewer than t that agree say nothing', () => {
    const two = [limited(lowered), limited(lowered)];
    expect(missed(fresh, [...two, limited(raised)])).toEqual([]);
  });

  test('the same limits in another order, or with a name for what all mints have, are the same', () => {
    const mints = [1, 2].map((fill) => ({ mint: bytes(fill), amount: BigInt(fill) }));
    const { otherMints } = defaultLimits.limits;
    const state = (named: SpendingLimits['mints']): HeldSettings =>
      limited({ limits: { ...defaultLimits.limits, mints: named }, pending: null });
    const other = [...mints].reverse().concat({ mint: bytes(3), amount: otherMints });
    expect(missed(state(other), three(state(mints)))).toEqual([]);
  });
});

test('an approval that t nodes have is told to one that has it not, and one of fewer is not', () => {
  const [known, other] = [bytes(1), bytes(2)];
  const others = [
    held({ approved: [known, other] }),
    held({ approved: [known, other] }),
    held({ approved: [known] }),
  ];
  expect(missed(fresh, others)).toEqual([{ kind: 'ApproveDevice', device: known }]);
});

describe('the pay key', () => {
  const pay = { key: bytes(7), windowMs: 900_000 };

  test('of this device is told to a node that has none, or one with another window', () => {
    const order = { kind: 'SetPayAuth', ...pay };
    for (const own of [fresh, held({ pay: { ...pay, windowMs: 1 } })])
      expect(missed(own, three(held({ pay })), pay.key)).toEqual([order]);
    expect(missed(held({ pay }), three(held({ pay })), pay.key)).toEqual([]);
  });

  test('that a change of the PIN took from t nodes comes back to none, and neither does one that is off here', () => {
    expect(missed(fresh, [held({ pay }), held({ pay }), fresh], pay.key)).toEqual([]);
    expect(missed(fresh, three(held({ pay })), null)).toEqual([]);
    expect(missed(fresh, three(held({ pay })), bytes(8))).toEqual([]);
  });
});

test('a device on hold at a node tells it its own pay key and nothing else', () => {
  const pay = { key: bytes(7), windowMs: 900_000 };
  const others = three(held({ approved: [bytes(1)], limits: changed(defaultLimits, 5n), pay }));
  expect(missed(held({ holdUntilMs: startMs }), others, pay.key)).toEqual([{ kind: 'SetPayAuth', ...pay }]);
});
