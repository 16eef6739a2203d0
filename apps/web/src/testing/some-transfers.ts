import type { Asset, Transfer } from '@hexkey/sdk';

const hour = 3_600_000;

export const sol: Asset = { mint: null, symbol: 'SOL', name: 'Solana', decimals: 9 };
export const testUsd: Asset = {
  mint: 'USDuWb2mFh8yWZB4TZ5dGqjPkq3t3tXcC1mZ9m6p1xA',
  symbol: 'tUSD',
  name: 'Test USD',
  decimals: 6,
};
/** Somebody sent it unasked, under whatever name they liked. */
export const spam: Asset = {
  mint: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
  symbol: 'SUPERLONGTOKENNAME',
  name: 'Visit a-page-that-is-not-safe.example to claim',
  decimals: 0,
};

export const fakeAddress = 'Hx4wC3pWkZP4uQ1dTnS1mJzvYb7g8yEo9sLr5fKaXq2B';
export const fakePeer = '7EqQdEULxWcraVx3mXKFjc84LhCkMGZCkRuDpvcMwJeK';
export const fakeSignature =
  '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW';
/** Ids of transfers that tests look at. */
export const fakeTransferIds = {
  pending: '10000000-0000-4000-8000-000000000001',
  failed: '10000000-0000-4000-8000-000000000002',
  cheated: '10000000-0000-4000-8000-000000000003',
} as const;
/** One of the nodes of `some-pin-nodes.ts`. */
export const cheatingRealmId = '1'.repeat(32);

const katherine = { address: fakePeer, hexkeyId: '29979245', name: 'Katherine Johnson' };
const stranger = { address: fakePeer, hexkeyId: null, name: null };

/** Newest first: every state once, and more than a page. @param hasPending one that a closed tab left */
export function someTransfers(nowMs: number, hasPending: boolean): Transfer[] {
  const base: Transfer = {
    id: '',
    direction: 'out',
    state: 'confirmed',
    failure: null,
    signature: fakeSignature,
    asset: sol,
    amount: 1_500_000_000n,
    feeLamports: 5000n,
    counterparty: katherine,
    memo: null,
    atMs: nowMs - hour,
    cheatingNodes: [],
  };
  const pending: Transfer = {
    ...base,
    id: fakeTransferIds.pending,
    state: 'pending',
    asset: testUsd,
    amount: 25_000_000n,
    atMs: nowMs - 90_000,
  };
  const latest: Transfer[] = [
    {
      ...base,
      id: fakeTransferIds.failed,
      state: 'failed',
      failure: 'custom program error: 0x1',
      amount: 900_000_000n,
      counterparty: stranger,
    },
    {
      ...base,
      id: fakeTransferIds.cheated,
      memo: 'Lunch, and the book you lent me',
      asset: testUsd,
      amount: 12_340_000n,
      cheatingNodes: [cheatingRealmId],
      atMs: nowMs - 3 * hour,
    },
    {
      ...base,
      id: fakeSignature,
      direction: 'in',
      asset: testUsd,
      amount: 1_000_000_000n,
      counterparty: stranger,
      atMs: nowMs - 26 * hour,
    },
    {
      ...base,
      id: `${fakeSignature.slice(0, -1)}1`,
      direction: 'in',
      asset: spam,
      amount: 1n,
      counterparty: stranger,
      atMs: nowMs - 30 * hour,
    },
  ];
  const older = Array.from(
    { length: 30 },
    (_, index): Transfer => ({
      ...base,
      id: `20000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      direction: index % 3 === 0 ? 'in' : 'out',
      amount: BigInt(index + 1) * 10_000_000n,
      atMs: nowMs - (48 + 7 * index) * hour,
    }),
  );
  return [...(hasPending ? [pending] : []), ...latest, ...older];
}
