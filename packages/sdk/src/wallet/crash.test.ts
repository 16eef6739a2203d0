import { isDomainError } from '@hexkey/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HexkeyDeps } from '../deps.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { dyingFetch } from '../testing/dying-wallet.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, testClient } from '../testing/test-client.ts';
import {
  held,
  newWalletPerson,
  restartedPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletDeps,
  walletPin,
} from '../testing/wallet-people.ts';

/** The continuous integration takes every request, a person's run a quarter of them, others each time. */
const isFull = process.env.HEXKEY_PROOF === 'full';
const shift = Math.floor(Math.random() * 4);

let network: TestNetwork;
let ledger: TestLedger;
let ben: WalletPerson;

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  ben = await newWalletPerson(network, ledger);
}, 300_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

const quietly = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    if (
      !isDomainError(error, 'Offline') &&
      !isDomainError(error, 'LedgerUnavailable') &&
      !isDomainError(error, 'NodesUnavailable')
    )
      throw error;
  }
};

test('a wallet that is stopped at any request is there once after the next PIN, and the PIN is set whatever happens', async () => {
  // Three nodes, three rounds, the server, three commits: 13 requests, each lost on its way or with its answer.
  const all = Array.from({ length: 26 }, (_, place) => ({
    steps: (place + 1) >> 1,
    losesLastAnswer: place % 2 === 1,
  }));
  // The whole proof has each request lost on its way or with its answer, by chance which.
  const stops = all.filter(({ steps }, place) =>
    isFull ? (place + steps + shift) % 2 === 0 : place % 4 === shift,
  );
  for (const { steps, losesLastAnswer } of stops) {
    const vault = memoryVault();
    const mortal = dyingFetch(fetch, steps, losesLastAnswer);
    const deps: Partial<HexkeyDeps> = { ...walletDeps(ledger), vault };
    const client = testClient(network, { ...deps, fetch: mortal });
    const words = client.newWords();
    await client.registerWithWords(words);
    await client.setPin(walletPin, noProgress);
    await client.settled();
    expect(client.place.at).toBe('home');

    const next = await restartedPerson(network, ledger, { vault });
    await next.checkPin(walletPin, noProgress);
    await next.settled();
    const state = await next.wallet.state();
    expect(state, `after ${steps}`).toMatchObject({ is: 'ready', holdUntilMs: null });
    expect(await vault.walletBook((await next.account()).accountId)).toMatchObject({ isCommitted: true });
  }
}, 600_000);

test('a payment that is stopped at any request is made exactly once', async () => {
  const ada = await newWalletPerson(network, ledger);
  await ada.wallet.requestTestFunds(null);
  let before = await held(ben, null);
  // Announced, two prepared, two shares, put, sent, settled: 8 requests.
  for (const losesLastAnswer of [false, true])
    for (let steps = 0; steps <= 8; steps += 1) {
      const amount = 1_000_000n + BigInt(steps);
      const mortal = dyingFetch(fetch, steps, losesLastAnswer);
      const dying = await restartedPerson(network, ledger, ada, { fetch: mortal });
      const quote = await dying.wallet.quote({
        to: { address: ben.address },
        mint: null,
        amount,
        memo: null,
      });
      await quietly(dying.wallet.send(quote.intentId, { pin: walletPin }, noProgress));
      await dying.settled();

      const next = await restartedPerson(network, ledger, ada);
      await next.wallet.resume();
      const sent = await next.wallet.send(quote.intentId, { pin: walletPin }, noProgress);
      expect(sent, `after ${steps}`).toMatchObject({ state: 'confirmed' });
      expect(await held(ben, null), `after ${steps}, ${losesLastAnswer}`).toBe(before + amount);
      before += amount;
    }
}, 300_000);

test('what was never signed expires: nothing was paid, nothing hangs, and a new transfer is another one', async () => {
  const ada = await newWalletPerson(network, ledger);
  await ada.wallet.requestTestFunds(null);
  const before = await held(ben, null);
  const order = { to: { address: ben.address }, mint: null, amount: 1_000_000n, memo: null };
  const unsigned = dyingFetch(fetch, 2, false);
  const signed = dyingFetch(fetch, 6, false);
  const intents: string[] = [];
  for (const mortal of [unsigned, signed]) {
    const dying = await restartedPerson(network, ledger, ada, { fetch: mortal });
    const { intentId } = await dying.wallet.quote(order);
    await quietly(dying.wallet.send(intentId, { pin: walletPin }, noProgress));
    await dying.settled();
    intents.push(intentId);
  }
  ledger.advance(400 * 400);
  const next = await restartedPerson(network, ledger, ada);
  await next.wallet.resume();
  for (const intentId of intents) {
    expect(await next.wallet.transfer(intentId)).toMatchObject({ state: 'failed', failure: 'expired' });
    await expect(next.wallet.send(intentId, { pin: walletPin }, noProgress)).rejects.toMatchObject({
      name: 'TransferExpired',
    });
  }
  expect(await held(ben, null)).toBe(before);
  const again = await next.wallet.quote(order);
  expect(await next.wallet.send(again.intentId, { pin: walletPin }, noProgress)).toMatchObject({
    state: 'confirmed',
  });
  expect(await held(ben, null)).toBe(before + 1_000_000n);
}, 300_000);

test('two pages that pay the same at once pay once: the second is told, and its own quote would warn', async () => {
  const ada = await newWalletPerson(network, ledger);
  await ada.wallet.requestTestFunds(null);
  const before = await held(ben, null);
  // Web Locks: pages of one origin take turns.
  let turn: Promise<unknown> = Promise.resolve();
  const alone: HexkeyDeps['alone'] = (work) => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const pages = await Promise.all([1, 2].map(() => restartedPerson(network, ledger, ada, { alone })));
  const order = { to: { address: ben.address }, mint: null, amount: 5_000_000n, memo: null };
  const quotes = await Promise.all(pages.map((page) => page.wallet.quote(order)));
  const outcomes = await Promise.allSettled(
    pages.map((page, index) =>
      page.wallet.send(quotes[index]?.intentId ?? '', { pin: walletPin }, noProgress),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = outcomes.find((each) => each.status === 'rejected');
  expect(refused?.reason).toMatchObject({ name: 'TransferRefused', details: { reason: 'twin' } });
  expect(await held(ben, null)).toBe(before + 5_000_000n);
  const [page] = pages;
  expect((await page?.wallet.quote(order))?.warnings).toContainEqual(
    expect.objectContaining({ kind: 'duplicate' }),
  );
}, 300_000);
