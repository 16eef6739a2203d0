import { isDomainError } from '@hexkey/contract';
import { decodeWalletRequest, keyPairOfSeed, Secret, toBase58 } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HexkeyClient } from '../../create-hexkey.ts';
import type { Fetch } from '../../deps.ts';
import { dyingFetch } from '../../testing/dying-wallet.ts';
import { startNetwork, type TestNetwork } from '../../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../../testing/test-client.ts';
import {
  newWalletPerson,
  restartedPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletDeps,
  walletPin,
} from '../../testing/wallet-people.ts';
import { openLedger } from '../ledger/ledger.ts';
import { ledgerRpc } from '../ledger/ledger-rpc.ts';

/** Every request of a sweep in continuous integration, every eighth at a person's. */
const isFull = process.env.HEXKEY_PROOF === 'full';
const shift = Math.floor(Math.random() * 8);

let network: TestNetwork;
let ledger: TestLedger;
const sol = 1_000_000_000n;
const fee = 5000n;
const rent = 2_039_280n;

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
}, 300_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

let addresses = 0;
/** An address that nobody has been paid at. */
function elsewhere(): string {
  addresses += 1;
  return toBase58(keyPairOfSeed(new Secret(new Uint8Array(32).fill(addresses))).publicKey);
}
const outside = () =>
  openLedger(
    ledgerRpc({ fetch, timeout: () => new AbortController().signal, apiTimeoutMs: 1 }, ledger.rpcUrl),
  );
const tokensAt = async (owner: string) =>
  (await outside().holdings(owner)).reduce((sum, { amount }) => sum + amount, 0n);

/** With one SOL and 100 tokens. */
async function richPerson(): Promise<WalletPerson> {
  const person = await newWalletPerson(network, ledger);
  await person.wallet.requestTestFunds(null);
  await person.wallet.requestTestFunds(ledger.mint);
  return person;
}
const both = () => [ledger.mint, null];
const page = (person: WalletPerson, given: { fetch?: Fetch } = {}) =>
  restartedPerson(network, ledger, person, given);
const sweepAll = (client: Pick<HexkeyClient, 'wallet'>, address: string) =>
  client.wallet.sweep({ address, mints: both() }, walletPin, noProgress);

test('a plan says what goes and what it costs, tokens before SOL; the sweep moves exactly that and leaves nothing', async () => {
  const ada = await richPerson();
  const address = elsewhere();
  const plan = await ada.wallet.planSweep(address);
  const left = sol - fee - rent - fee;
  expect(plan).toEqual({
    address,
    goes: [
      expect.objectContaining({ amount: 100_000_000n, feeLamports: fee, rentLamports: rent, isKnown: true }),
      expect.objectContaining({ amount: left, feeLamports: fee, rentLamports: 0n, isKnown: true }),
    ],
    stays: [],
  });
  const seen: string[] = [];
  const swept = await ada.wallet.sweep({ address, mints: both() }, walletPin, (progress) =>
    seen.push(progress.step === 'moving' ? `${progress.done} of ${progress.of}` : progress.step),
  );
  expect([...new Set(seen)]).toEqual(['unlocking', '0 of 2', '1 of 2']);
  expect(swept).toMatchObject([
    { moved: 100_000_000n, left: null },
    { moved: left, left: null },
  ]);
  expect(await outside().lamports(address)).toBe(left);
  expect(await tokensAt(address)).toBe(100_000_000n);
  expect(await outside().lamports(ada.address)).toBe(0n);
  expect(await ada.wallet.planSweep(address)).toMatchObject({ goes: [], stays: [] });
});

test('only what was chosen goes, and nothing goes to what cannot hold it', async () => {
  const ada = await richPerson();
  for (const address of [ada.address, ledger.mint, 'nobody'])
    await expect(ada.wallet.planSweep(address)).rejects.toMatchObject({ name: 'InvalidAddress' });
  const address = elsewhere();
  const swept = await ada.wallet.sweep({ address, mints: [null] }, walletPin, noProgress);
  expect(swept).toMatchObject([{ asset: { mint: null }, moved: sol - fee, left: null }]);
  // No SOL is left for the token.
  expect(await ada.wallet.planSweep(address)).toMatchObject({
    goes: [],
    stays: [{ asset: { mint: ledger.mint }, why: 'no-sol' }],
  });
});

test('the daily limit holds for a sweep: it moves what may go today, and says when the rest may', async () => {
  const ada = await richPerson();
  const address = elsewhere();
  const { limits } = await ada.wallet.limits();
  const lamportsPerDay = 300_000_000n;
  const tokensPerDay = [{ mint: ledger.mint, amount: 40_000_000n }];
  await ada.wallet.setLimits({ ...limits, lamportsPerDay, tokensPerDay }, walletPin);
  const swept = await sweepAll(ada, address);
  const moved = lamportsPerDay - fee - rent - fee;
  expect(swept).toMatchObject([
    { moved: 40_000_000n, left: {} },
    { moved, left: {} },
  ]);
  expect(await outside().lamports(address)).toBe(moved);
  expect(await tokensAt(address)).toBe(40_000_000n);
  // The same again at once moves nothing more.
  expect(await sweepAll(ada, address)).toMatchObject([{ moved: 0n }, { moved: 0n }]);
  network.clock.advance(24 * 3_600_000 + 1);
  expect(await sweepAll(ada, address)).toMatchObject([
    { moved: 40_000_000n },
    { moved: lamportsPerDay - fee - fee },
  ]);
});

test('a wrong PIN costs a try and begins nothing; who has the right one and a new device moves nothing for a day', async () => {
  const ada = await richPerson();
  const address = elsewhere();
  await expect(
    ada.wallet.sweep({ address, mints: both() }, pinOf('314159'), noProgress),
  ).rejects.toMatchObject({ name: 'WrongPin', details: { attemptsLeft: 4 } });
  const { transfers } = await ada.vault.walletBook((await ada.client.account()).accountId);
  expect(transfers).toEqual([]);
  const thief = testClient(network, walletDeps(ledger));
  await thief.loginWithWords(ada.words);
  await thief.unlock(walletPin, noProgress);
  await thief.settled();
  await expect(sweepAll(thief, address)).rejects.toMatchObject({ name: 'DeviceOnHold' });
  expect(await outside().lamports(address)).toBe(0n);
});

test('while the server does not answer the nodes alone are asked, and everything goes', async () => {
  const ada = await richPerson();
  const address = elsewhere();
  const faulty = faultyFetch();
  faulty.dead.add(network.origin);
  const client = await page(ada, { fetch: faulty.fetch });
  expect(await sweepAll(client, address)).toMatchObject([{ left: null }, { left: null }]);
  expect(await tokensAt(address)).toBe(100_000_000n);
  expect(await outside().lamports(ada.address)).toBe(0n);
});

/**
 * So many nodes, the first that are asked, change each of their shares: the scalar is the last of an answer, its lowest byte first. Each changes a bit of its own: the
 * shares are summed, and two that change the same bit lie themselves right every other time.
 */
function lyingSigners(most: number) {
  const liars = new Set<string>();
  const bitOf = (realmId: string) => 1 << [...liars].indexOf(realmId);
  const through: Fetch = async (url, init) => {
    const node = network.set.nodeSet.nodes.find(({ address }) => url.startsWith(address));
    const isShare =
      node !== undefined &&
      url.endsWith('/wallet') &&
      decodeWalletRequest(init.body as Uint8Array).kind === 'Share';
    if (isShare && liars.size < most) liars.add(node.realmId);
    const response = await fetch(url, init);
    if (!isShare || !liars.has(node.realmId)) return response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    bytes[bytes.length - 32] = (bytes.at(-32) as number) ^ bitOf(node.realmId);
    return new Response(bytes);
  };
  return { liars, through };
}

test.each([false, true])(
  'a node that lies about its shares is named, and everything goes once without it (server away: %s)',
  async (isServerAway) => {
    const ada = await richPerson();
    const address = elsewhere();
    const { liars, through } = lyingSigners(1);
    const client = await page(ada, {
      fetch: async (url, init) => {
        if (isServerAway && url.startsWith(`${network.origin}/api/`)) throw new TypeError('fetch failed');
        return through(url, init);
      },
    });
    const swept = await sweepAll(client, address);
    expect(swept).toMatchObject([{ left: null }, { left: null }]);
    expect(swept[0]?.cheatingNodes).toEqual([...liars]);
    expect(liars.size).toBe(1);
    expect(await tokensAt(address)).toBe(100_000_000n);
    expect(await outside().lamports(address)).toBe(sol - fee - rent - fee);
  },
);

test('where the nodes that do not lie are too few, nothing goes and each liar is named', async () => {
  const ada = await richPerson();
  const address = elsewhere();
  const { liars, through } = lyingSigners(2);
  const refused = await sweepAll(await page(ada, { fetch: through }), address).catch(
    (error: unknown) => error,
  );
  expect(isDomainError(refused, 'NodeCheated') ? [...refused.details.realmIds].sort() : refused).toEqual(
    [...liars].sort(),
  );
  expect(liars.size).toBe(2);
  expect(await outside().lamports(address)).toBe(0n);
  expect(await tokensAt(address)).toBe(0n);
});

test('a payment that was signed before comes to its end first: it is paid, and the sweep moves what is left', async () => {
  const ada = await richPerson();
  const [payee, address] = [elsewhere(), elsewhere()];
  const amount = 100_000_000n;
  // Signed, and its bytes lost on their way to the ledger. The page stays open: one that is opened anew would send them by itself.
  let isLost = true;
  const client = await page(ada, {
    fetch: async (url, init) => {
      if (isLost && String(init.body).includes('sendTransaction')) throw new TypeError('fetch failed');
      return fetch(url, init);
    },
  });
  const { intentId } = await client.wallet.quote({ to: { address: payee }, mint: null, amount, memo: null });
  const sending = client.wallet.send(intentId, { pin: walletPin }, noProgress);
  await expect(sending).rejects.toMatchObject({ name: 'LedgerUnavailable' });
  const { transfers } = await ada.vault.walletBook((await ada.client.account()).accountId);
  expect(transfers).toMatchObject([{ state: 'signed' }]);
  isLost = false;

  const swept = await sweepAll(client, address);
  const left = sol - amount - fee - fee - rent - fee;
  expect(swept).toMatchObject([{ left: null }, { moved: left, left: null }]);
  expect(await outside().lamports(payee)).toBe(amount);
  expect(await outside().lamports(address)).toBe(left);
  expect(await outside().lamports(ada.address)).toBe(0n);
});

test('stopped at any request and run again, it moves everything once', async () => {
  // For each of two payments: announced, two prepared, two shares, put, sent, settled; each lost on its way or with its answer.
  const all = Array.from({ length: 34 }, (_, place) => ({
    steps: place >> 1,
    losesLastAnswer: place % 2 === 1,
  }));
  // The whole proof has each request lost on its way or with its answer, by chance which.
  const stops = all.filter(({ steps }, place) =>
    isFull ? (place + steps + shift) % 2 === 0 : place % 8 === shift,
  );
  for (const { steps, losesLastAnswer } of stops) {
    const ada = await richPerson();
    const address = elsewhere();
    const dying = await page(ada, { fetch: dyingFetch(fetch, steps, losesLastAnswer) });
    await sweepAll(dying, address).catch((error: unknown) => {
      const names = ['Offline', 'LedgerUnavailable', 'NodesUnavailable'] as const;
      if (!names.some((name) => isDomainError(error, name))) throw error;
    });
    await dying.settled();
    const next = await page(ada);
    await sweepAll(next, address);
    const where = `after ${steps}, ${losesLastAnswer}`;
    expect(await tokensAt(address), where).toBe(100_000_000n);
    expect(await outside().lamports(address), where).toBe(sol - fee - rent - fee);
    expect(await outside().lamports(ada.address), where).toBe(0n);
  }
}, 600_000);
