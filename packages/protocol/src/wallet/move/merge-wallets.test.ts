import { seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { carriedOf, decodeCarried, encodeCarried } from '../../pin/move/carried-throttle.ts';
import { emptyThrottle } from '../../pin/throttle/throttle-state.ts';
import type { SpendingState, WalletIntent } from '../policy/intents.ts';
import type { CarriedWallet } from './carried-wallet.ts';
import { mergeWallets } from './merge-wallets.ts';

const random = seededRandom('merge wallets');
const day = 24 * 3_600_000;
const now = 1_900_000_000_000;
const [founder, other, stranger] = [random(32), random(32), random(32)];
const limitsOf = (lamports: bigint) => ({ lamports, mints: [], otherMints: 5n });
const intent = (given: Partial<WalletIntent> = {}): WalletIntent => ({
  intent: random(16),
  messageHash: random(32),
  boundAtMs: now - 60_000,
  attempt: 1,
  isConsumed: true,
  lamports: 7n,
  token: null,
  spentAtMs: now - 50_000,
  ...given,
});
const spendingOf = (given: Partial<SpendingState> = {}): SpendingState => ({
  limits: { limits: limitsOf(100n), pending: null },
  intents: [],
  fullUntilMs: 0,
  ...given,
});
/** As it goes over the wire. */
function told(given: Partial<CarriedWallet>): CarriedWallet {
  const wallet = {
    packageHash: random(32),
    founder,
    approved: [],
    payKeys: [],
    spending: spendingOf(),
    ...given,
  };
  return decodeCarried(encodeCarried(carriedOf(emptyThrottle, wallet))).wallet ?? expect.fail('no wallet');
}

test('every payment that one node counted counts, once, however the nodes know it, and not from a time that is ahead', () => {
  const [seen, ahead, begun] = [
    intent(),
    intent({ spentAtMs: now + day }),
    intent({ isConsumed: false, spentAtMs: null }),
  ];
  const later = { ...begun, attempt: 2, isConsumed: true, spentAtMs: now - 10 };
  const { spending } = mergeWallets(
    [
      told({ spending: spendingOf({ intents: [seen, begun] }) }),
      told({ spending: spendingOf({ intents: [seen, ahead] }) }),
      told({ spending: spendingOf({ intents: [later] }) }),
    ],
    3,
    now,
  );
  expect(spending.intents).toHaveLength(3);
  expect(spending.intents).toEqual(expect.arrayContaining([seen, { ...ahead, spentAtMs: now }, later]));
});

test('the lowest limit holds, and a raise, an approval, a pay key or a founder only by the word of t', () => {
  const pending = { limits: limitsOf(1000n), fromMs: now + 9 * day };
  const payKey = { device: other, key: random(32), windowMs: 900_000 };
  const liar = told({
    founder: stranger,
    approved: [stranger],
    payKeys: [{ ...payKey, device: stranger }],
    spending: spendingOf({ limits: { limits: limitsOf(2n ** 60n), pending } }),
  });
  const honest = { approved: [other, other], payKeys: [payKey] };
  const low = told({ ...honest, spending: spendingOf({ limits: { limits: limitsOf(90n), pending } }) });
  const all = mergeWallets([told(honest), low, told(honest), liar], 3, now);
  expect(all).toMatchObject({ founder, approved: [other], payKeys: [payKey] });
  expect(all.spending.limits).toEqual({ limits: limitsOf(90n), pending: null });
  const few = mergeWallets([told(honest), low, liar], 3, now);
  expect(few).toMatchObject({ founder: null, approved: [], payKeys: [] });
  const raised = mergeWallets([low, low, low], 3, now).spending.limits;
  // A clock that is ahead makes no raise wait longer than a day.
  expect(raised).toEqual({ limits: limitsOf(90n), pending: { ...pending, fromMs: now + day } });
});
