import { isDomainError } from '@hexkey/contract';
import { Secret, signNodeSet, utf8 } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HexkeyClient } from '../../create-hexkey.ts';
import type { Fetch } from '../../deps.ts';
import { dyingFetch } from '../../testing/dying-wallet.ts';
import { startNetwork, type TestNetwork } from '../../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../../testing/test-client.ts';
import {
  held,
  newWalletPerson,
  restartedPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletDeps,
  walletPin,
} from '../../testing/wallet-people.ts';

/** Every request of a payment each time in continuous integration, every third of them at a person's. */
const isFull = process.env.HEXKEY_PROOF === 'full';
const shift = Math.floor(Math.random() * 3);

/** Ada's own, for a day: more than everything else that is paid here. */
const limit = 200_000_000n;
let network: TestNetwork;
let ledger: TestLedger;
let ada: WalletPerson;
let ben: WalletPerson;
/** Ada's other device, which is new when the server goes away. */
let newDevice: HexkeyClient;

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  ada = await newWalletPerson(network, ledger);
  ben = await newWalletPerson(network, ledger);
  await ada.wallet.requestTestFunds(null);
  newDevice = testClient(network, walletDeps(ledger));
  await newDevice.loginWithWords(ada.words);
  await newDevice.unlock(walletPin, noProgress);
  await newDevice.settled();
  await newDevice.wallet.state();
  const { limits } = await ada.wallet.limits();
  await ada.wallet.setLimits({ ...limits, lamportsPerDay: limit }, walletPin);
  await network.stopServer();
}, 300_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

const order = (amount: bigint) => ({
  to: { address: ben.address },
  mint: null,
  amount,
  memo: null,
  withoutServer: true as const,
});
const approval = { pin: walletPin };
/** A page of Ada's device that is opened now. */
const page = (given: { fetch?: Fetch } = {}) => restartedPerson(network, ledger, ada, given);
const nodes = () => network.set.nodeSet.nodes.map(({ address }) => address);
const askedNodes = (requests: readonly { readonly url: string }[]) =>
  requests.filter(({ url }) => nodes().some((address) => url.startsWith(address)));

test('with the account server stopped a payment is signed with the nodes and confirmed by the ledger', async () => {
  const client = await page();
  const before = await held(ben, null);
  const quote = await client.wallet.quote(order(4_000_000n));
  const sent = await client.wallet.send(quote.intentId, approval, noProgress);
  expect(sent).toMatchObject({ state: 'confirmed', amount: 4_000_000n });
  expect(await held(ben, null)).toBe(before + 4_000_000n);
});

test('without saying so nothing is paid without the server', async () => {
  const client = await page();
  const before = await held(ben, null);
  const { withoutServer, ...usual } = order(1_000_000n);
  expect(withoutServer).toBe(true);
  const quote = await client.wallet.quote(usual);
  await expect(client.wallet.send(quote.intentId, approval, noProgress)).rejects.toMatchObject({
    name: 'Offline',
  });
  expect(await held(ben, null)).toBe(before);
});

test('a wrong PIN costs a try at the nodes and signs nothing; a passkey cannot stand in for it', async () => {
  const faulty = faultyFetch();
  const client = await page({ fetch: faulty.fetch });
  const before = await held(ben, null);
  const { intentId } = await client.wallet.quote(order(1_000_000n));
  await expect(client.wallet.send(intentId, { passkey: true }, noProgress)).rejects.toMatchObject({
    name: 'PinNeededAgain',
  });
  expect(askedNodes(faulty.requests)).toEqual([]);
  const tried = async (digits: string) => {
    try {
      await client.wallet.send(intentId, { pin: pinOf(digits) }, noProgress);
    } catch (error) {
      if (isDomainError(error, 'WrongPin')) return error.details.attemptsLeft;
      throw error;
    }
    throw new Error('a wrong PIN paid');
  };
  expect([await tried('314159'), await tried('141421')]).toEqual([4, 3]);
  expect(askedNodes(faulty.requests).some(({ url }) => url.endsWith('/wallet'))).toBe(false);
  expect(await held(ben, null)).toBe(before);
  await client.wallet.send(intentId, approval, noProgress);
  expect(await held(ben, null)).toBe(before + 1_000_000n);
});

test('stopped at any request, and opened again without the server, it is paid once', async () => {
  let before = await held(ben, null);
  // Two prepared, two shares, sent: 5 requests, each lost on its way or with its answer.
  const all = Array.from({ length: 12 }, (_, place) => ({
    steps: place >> 1,
    losesLastAnswer: place % 2 === 1,
  }));
  for (const { steps, losesLastAnswer } of all.filter((_, place) => isFull || place % 3 === shift)) {
    const amount = 2_000_000n + BigInt(steps) * 2n + (losesLastAnswer ? 1n : 0n);
    const dying = await page({ fetch: dyingFetch(fetch, steps, losesLastAnswer) });
    const { intentId } = await dying.wallet.quote(order(amount));
    await dying.wallet.send(intentId, approval, noProgress).catch((error: unknown) => {
      if (!isDomainError(error, 'LedgerUnavailable') && !isDomainError(error, 'NodesUnavailable'))
        throw error;
    });
    await dying.settled();

    const next = await page();
    await next.wallet.resume();
    expect(await next.wallet.send(intentId, approval, noProgress)).toMatchObject({ state: 'confirmed' });
    expect(await held(ben, null), `after ${steps}, ${losesLastAnswer}`).toBe(before + amount);
    before += amount;
  }
}, 300_000);

test('the nodes’ rules hold without the server: a new device waits its day, and no more is paid than the limit', async () => {
  const before = await held(ben, null);
  const { intentId } = await newDevice.wallet.quote(order(1_000_000n));
  await expect(newDevice.wallet.send(intentId, approval, noProgress)).rejects.toMatchObject({
    name: 'DeviceOnHold',
  });
  const client = await page();
  const much = await client.wallet.quote(order(limit));
  await expect(client.wallet.send(much.intentId, approval, noProgress)).rejects.toMatchObject({
    name: 'OverLimit',
  });
  expect(await held(ben, null)).toBe(before);
});

test('a device that was not told of the nodes, or of others than the operator’s, asks nobody for the PIN', async () => {
  const account = await keptAccount();
  const { accountId } = account;
  const kept = await ada.vault.walletBook(accountId);
  const forged = signNodeSet(
    utf8(JSON.stringify(network.set.nodeSet)),
    new Secret(new Uint8Array(32).fill(7)),
  );
  const { nodeSet: _, ...without } = kept;
  const anotherHash = new Uint8Array(32).fill(7);
  for (const { book, nodeSetHash } of [
    { book: without, nodeSetHash: account.nodeSetHash },
    { book: { ...kept, nodeSet: forged }, nodeSetHash: account.nodeSetHash },
    // Of the operator, and not the one that the PIN was last proven to here.
    { book: kept, nodeSetHash: anotherHash },
  ]) {
    await ada.vault.changeWalletBook(accountId, () => book);
    await ada.vault.amendAccount(accountId, (each) => ({ ...each, nodeSetHash }));
    const faulty = faultyFetch();
    const client = await page({ fetch: faulty.fetch });
    const { intentId } = await client.wallet.quote(order(1_000_000n));
    await expect(client.wallet.send(intentId, approval, noProgress)).rejects.toMatchObject({
      name: 'ServerNeeded',
      code: 20223,
      details: { missing: 'node-set' },
    });
    expect(askedNodes(faulty.requests)).toEqual([]);
  }
  await ada.vault.changeWalletBook(accountId, () => kept);
  await ada.vault.amendAccount(accountId, () => account);
});

test('a device whose words or shares are under another S_pin says so instead of paying', async () => {
  const account = await keptAccount();
  const book = await ada.vault.walletBook(account.accountId);
  const client = await page();
  const { intentId } = await client.wallet.quote(order(1_000_000n));
  const refusal = (missing: string) =>
    expect(client.wallet.send(intentId, approval, noProgress)).rejects.toMatchObject({
      details: { missing },
    });
  await ada.vault.amendAccount(account.accountId, (kept) => ({
    ...kept,
    entropy: { under: 'pin', sealed: new Uint8Array(64) },
  }));
  await refusal('words');
  await ada.vault.amendAccount(account.accountId, () => account);
  const { record } = await ben.vault.walletBook((await ben.vault.currentAccount())?.accountId ?? '');
  await ada.vault.changeWalletBook(account.accountId, (kept) => ({ ...kept, record }));
  await refusal('wallet');
  await ada.vault.changeWalletBook(account.accountId, () => book);
});

async function keptAccount() {
  const account = await ada.vault.currentAccount();
  if (account === null) throw new Error('Ada has no account');
  return account;
}
