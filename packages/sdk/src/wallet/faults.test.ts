import { routes } from '@hexkey/contract';
import {
  decodeWalletRequest,
  fromBase58,
  keyPairOfSeed,
  Secret,
  signEd25519,
  toBase58,
  toBase64url,
  walletAddressStatement,
} from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fetch, WalletPorts } from '../deps.ts';
import type { Pin } from '../identity/identity-book.ts';
import { newPerson, restarted, until } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress } from '../testing/test-client.ts';
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

let network: TestNetwork;
let ledger: TestLedger;
let ada: WalletPerson;
let ben: WalletPerson;
let cara: WalletPerson;
let addressOfCara: unknown;

// 3 of 5 nodes: 6 of 8 shares.
beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(3), startLedger()]);
  ada = await newWalletPerson(network, ledger);
  ben = await newWalletPerson(network, ledger);
  cara = await newWalletPerson(network, ledger);
  await ada.wallet.requestTestFunds(null);
  const listening: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (url.includes(routes.getWalletAddress.path)) addressOfCara = await response.clone().json();
    return response;
  };
  const { wallet } = await restartedPerson(network, ledger, ada, { fetch: listening });
  await wallet.quote({ to: { hexkeyId: cara.hexkeyId }, mint: null, amount: 1_000_000n, memo: null });
}, 180_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

const random = seededRandom('faults');

/** Pays from a client whose requests pass through something, and says what came of it. */
async function payThrough(through: Fetch) {
  const client = await restartedPerson(network, ledger, ada, { fetch: through });
  const { intentId } = await client.wallet.quote({
    to: { hexkeyId: ben.hexkeyId },
    mint: null,
    amount: 1_000_000n,
    memo: null,
  });
  const sent = await client.wallet.send(intentId, { pin: walletPin }, noProgress);
  await client.settled();
  return sent;
}

/** The server answers for Cara, truly, whoever is asked for. */
const asCara: Fetch = async (url, init) =>
  url.includes(routes.getWalletAddress.path) ? Response.json(addressOfCara) : fetch(url, init);

const isShare = (url: string, { body }: RequestInit) =>
  url.endsWith('/wallet') &&
  body instanceof Uint8Array &&
  !url.startsWith(network.origin) &&
  decodeWalletRequest(body).kind === 'Share';

/** A share that is another one: the scalar is the last of the answer, its lowest byte first. */
async function altered(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  bytes[bytes.length - 32] = (bytes.at(-32) as number) ^ 1;
  return new Response(bytes);
}

test('a node that lies about its share is named, another one stands in, and the payment is made once', async () => {
  const before = await held(ben, null);
  const liars = new Set<string>();
  const sent = await payThrough(async (url, init) => {
    const response = await fetch(url, init);
    if (!isShare(url, init) || liars.size > 0) return response;
    liars.add(url);
    return altered(response);
  });
  const { nodes } = network.set.nodeSet;
  const [liar] = nodes.filter(({ address }) => [...liars].some((url) => url.startsWith(address)));
  expect(sent).toMatchObject({ state: 'confirmed', cheatingNodes: [liar?.realmId] });
  expect(await held(ben, null)).toBe(before + 1_000_000n);
}, 60_000);

test('with two of five nodes dead a payment is made by the other three', async () => {
  const before = await held(ben, null);
  const dead = [0, 3].map((node) => network.addressOf(node));
  const sent = await payThrough(async (url, init) => {
    if (dead.some((address) => url.startsWith(address))) throw new TypeError('fetch failed');
    return fetch(url, init);
  });
  expect(sent).toMatchObject({ state: 'confirmed', cheatingNodes: [] });
  expect(await held(ben, null)).toBe(before + 1_000_000n);
}, 60_000);

test('a node that dies between its commitment and its share is replaced in another attempt', async () => {
  let died: string | null = null;
  const sent = await payThrough(async (url, init) => {
    if (isShare(url, init)) died ??= url;
    if (url === died) throw new TypeError('fetch failed');
    return fetch(url, init);
  });
  expect(died).not.toBeNull();
  expect(sent.state).toBe('confirmed');
}, 60_000);

test('of one that dies before its share and one that lies about it at the same time, both are replaced in the next attempt', async () => {
  let dead: string | null = null;
  let liar: string | null = null;
  let lies = 0;
  const sent = await payThrough(async (url, init) => {
    if (!isShare(url, init)) return fetch(url, init);
    dead ??= url;
    if (url === dead) throw new TypeError('fetch failed');
    liar ??= url;
    const response = await fetch(url, init);
    if (url !== liar) return response;
    lies += 1;
    return altered(response);
  });
  const { nodes } = network.set.nodeSet;
  const named = nodes.filter(({ address }) => liar?.startsWith(address)).map(({ realmId }) => realmId);
  expect(sent).toMatchObject({ state: 'confirmed', cheatingNodes: named });
  expect([named.length, lies]).toEqual([1, 1]);
}, 60_000);

test('an address that the server puts in the place of a contact’s is refused, whether it signs it or not', async () => {
  const thief = keyPairOfSeed(new Secret(random(32)));
  const swapped =
    (change: (told: Record<string, string>) => object): Fetch =>
    async (url, init) => {
      const response = await fetch(url, init);
      if (!url.includes(routes.getWalletAddress.path)) return response;
      const told = (await response.json()) as Record<string, string>;
      return Response.json({ ...told, ...change(told) });
    };
  const publicKey = toBase64url(thief.publicKey);
  const signed = ({ accountId = '' }: Record<string, string>) => ({
    publicKey,
    aik: publicKey,
    signature: toBase64url(signEd25519(thief, walletAddressStatement(accountId, thief.publicKey))),
  });
  for (const change of [
    () => ({ publicKey }),
    signed,
    (told: Record<string, string>) => ({ ...signed(told), deviceList: null }),
  ]) {
    const client = await restartedPerson(network, ledger, ada, { fetch: swapped(change) });
    const quote = client.wallet.quote({ to: { hexkeyId: ben.hexkeyId }, mint: null, amount: 1n, memo: null });
    await expect(quote).rejects.toMatchObject({ name: 'SecurityCodeChanged', code: 20210 });
  }
});

test('somebody else whom the server puts in the place of a person paid before is refused', async () => {
  const order = { to: { hexkeyId: ben.hexkeyId }, mint: null, amount: 1_000_000n, memo: null };
  await ada.wallet.quote(order);
  const client = await restartedPerson(network, ledger, ada, { fetch: asCara });
  await expect(client.wallet.quote(order)).rejects.toMatchObject({ name: 'SecurityCodeChanged' });
});

test('somebody else whom the server puts in the place of a person written to is refused, under that name too', async () => {
  const { wallet } = walletDeps(ledger);
  const [dora, eve] = [await newPerson(network, { wallet: wallet as WalletPorts }), await newPerson(network)];
  await dora.client.chats.openDirect(eve.hexkeyId);
  await Promise.all([dora.disconnect(), eve.disconnect()]);
  // The person written to is told to have another Hexkey ID now, so that nobody known has theirs.
  let wasRenamed = false;
  const renamed: Fetch = async (url, init) => {
    const response = await asCara(url, init);
    if (!url.includes(routes.listPeopleOfGroups.path)) return response;
    wasRenamed = true;
    const { people } = (await response.json()) as { people: { accountId: string; person: object }[] };
    return Response.json({
      people: people.map((each) =>
        each.accountId === eve.accountId
          ? { accountId: eve.accountId, person: { ...each.person, hexkeyId: cara.hexkeyId } }
          : each,
      ),
    });
  };
  network.clock.advance(25 * 3_600_000);
  const again = await restarted(network, dora, { wallet: wallet as WalletPorts, fetch: renamed });
  await until(() => wasRenamed);
  await again.client.settled();
  expect(await again.client.chats.list()).toMatchObject([{ peer: { person: { hexkeyId: eve.hexkeyId } } }]);
  const quote = again.client.wallet.quote({
    to: { hexkeyId: eve.hexkeyId },
    mint: null,
    amount: 1n,
    memo: null,
  });
  await expect(quote).rejects.toMatchObject({ name: 'SecurityCodeChanged' });
  await again.disconnect();
}, 120_000);

test('somebody whose key took the place of another without its word is paid once the owner has compared, and not before', async () => {
  const order = { to: { hexkeyId: ben.hexkeyId }, mint: null, amount: 1_000_000n, memo: null };
  await ada.wallet.quote(order);
  const [{ accountId }, { accountId: ofBen }] = [await ada.client.account(), await ben.client.account()];
  const stands = (given: Pick<Pin, 'standing' | 'changedAtMs'>) =>
    ada.vault.changeIdentityBook(accountId, (book) => {
      const pin = book.pins[ofBen] ?? expect.fail('nothing is pinned');
      return { ...book, pins: { ...book.pins, [ofBen]: { ...pin, ...given } } };
    });
  // Each a page of its own, which reads what is kept.
  const opened = async () => (await restartedPerson(network, ledger, ada)).wallet;
  for (const standing of ['unverified', 'changed'] as const) {
    await stands({ standing, changedAtMs: 1 });
    await expect((await opened()).quote(order)).rejects.toMatchObject({ name: 'SecurityCodeChanged' });
  }
  await stands({ standing: 'verified', changedAtMs: 1 });
  const wallet = await opened();
  const { intentId } = await wallet.quote(order);
  expect(await wallet.send(intentId, { pin: walletPin }, noProgress)).toMatchObject({ state: 'confirmed' });
  await stands({ standing: 'unverified', changedAtMs: null });
});

test('a name that the server puts to somebody else’s payment is shown to nobody', async () => {
  await ben.wallet.requestTestFunds(null);
  await ben.wallet.quote({ to: { hexkeyId: cara.hexkeyId }, mint: null, amount: 1_000_000n, memo: null });
  await ben.client.people.add(cara.hexkeyId);
  let ofAda: unknown = null;
  const listening: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (url.includes(routes.getWalletAddress.path)) ofAda = await response.clone().json();
    return response;
  };
  const asker = await restartedPerson(network, ledger, cara, { fetch: listening });
  const asked = { to: { hexkeyId: ada.hexkeyId }, mint: null, amount: 1_000_000n, memo: null };
  await expect(asker.wallet.quote(asked)).rejects.toMatchObject({ name: 'InsufficientBalance' });
  // What paid Ben was Ada's; the server says that Cara has that address.
  let wasAsked = false;
  const lying: Fetch = async (url, init) => {
    if (!url.includes(routes.getWalletAddress.path)) return fetch(url, init);
    wasAsked = true;
    return Response.json(ofAda);
  };
  const { wallet } = await restartedPerson(network, ledger, ben, { fetch: lying });
  const paid = (await wallet.history()).transfers
    .map(({ counterparty }) => counterparty)
    .filter(({ address }) => address === ada.address);
  expect([wasAsked, paid.length > 0]).toEqual([true, true]);
  for (const counterparty of paid) expect(counterparty).toMatchObject({ hexkeyId: null, name: null });
});

test('the wallet of another account is shown to nobody as their own, and nothing of it is kept', async () => {
  const { accountId } = await ada.client.account();
  const { record } = await ada.vault.walletBook(accountId);
  const others = (await cara.vault.walletBook((await cara.client.account()).accountId)).record;
  await ada.vault.changeWalletBook(accountId, (book) => ({ ...book, record: null }));
  const swapped: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (!url.endsWith(routes.getWallet.path) || init.method !== 'GET') return response;
    return Response.json({ ...((await response.json()) as object), wallet: others });
  };
  const { wallet } = await restartedPerson(network, ledger, ada, { fetch: swapped });
  for (const look of [wallet.state, wallet.balances, () => wallet.history()])
    await expect(look()).rejects.toMatchObject({ name: 'NodeCheated' });
  expect((await ada.vault.walletBook(accountId)).record).toBeNull();
  expect(await ada.wallet.state()).toMatchObject({ is: 'ready', address: ada.address });
  expect((await ada.vault.walletBook(accountId)).record).toEqual(record);
});

test('thousands of worthless tokens that strangers send hide nothing, and cost no request each', async () => {
  await ada.wallet.requestTestFunds(ledger.mint);
  let asked = 0;
  const dusty: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (!url.startsWith(ledger.rpcUrl)) return response;
    asked += 1;
    if (!String(init.body).includes('getTokenAccountsByOwner')) return response;
    const { result } = (await response.json()) as { result: { value: { account: object }[] } };
    const [real] = result.value;
    const mint = fromBase58(ledger.mint, 32);
    const dust = (real === undefined ? [] : Array.from({ length: 5000 })).map((_, place) => {
      // Mint, owner and one unit; every hundredth is of the mint that is worth something.
      const data = [...(place % 100 === 0 ? mint : random(32)), ...random(32), 1, ...new Uint8Array(100)];
      const account = { ...real?.account, data: [btoa(String.fromCharCode(...data)), 'base64'] };
      return { pubkey: toBase58(random(32)), account };
    });
    return Response.json({ result: { ...result, value: [...dust, ...result.value] } });
  };
  const { wallet } = await restartedPerson(network, ledger, ada, { fetch: dusty });
  const balances = await wallet.balances();
  expect(balances.slice(0, 2)).toMatchObject([{ asset: { mint: null } }, { asset: { mint: ledger.mint } }]);
  const { transfers } = await wallet.history();
  expect(transfers[0]).toMatchObject({ direction: 'in', asset: { mint: ledger.mint } });
  const order = { to: { address: ben.address }, mint: ledger.mint, amount: 1n, memo: null };
  expect(await wallet.quote(order)).toMatchObject({ amount: 1n });
  expect(asked).toBeLessThan(200);
});

test('a wallet that the server makes up is not taken: no node vouched for it', async () => {
  const swapped: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (!url.endsWith(routes.getWallet.path) || init.method !== 'GET') return response;
    const told = (await response.json()) as { wallet: Record<string, unknown> };
    const commitments = (told.wallet.commitments as string[]).map((_, place) =>
      toBase64url(random(32 + 0 * place)),
    );
    return Response.json({ ...told, wallet: { ...told.wallet, publicKey: commitments[0], commitments } });
  };
  const { accountId } = await ada.client.account();
  await ada.vault.changeWalletBook(accountId, (book) => ({ ...book, record: null, isCommitted: false }));
  const client = await restartedPerson(network, ledger, ada, { fetch: swapped });
  await expect(client.wallet.create(walletPin, noProgress)).rejects.toMatchObject({ name: 'NodeCheated' });
  expect((await ada.vault.walletBook(accountId)).record).toBeNull();
  await ada.wallet.create(walletPin, noProgress);
  expect(await ada.wallet.state()).toMatchObject({ is: 'ready', address: ada.address });
}, 60_000);
