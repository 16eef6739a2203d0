import { isDomainError, routes } from '@hexkey/contract';
import {
  decodeWalletRequest,
  fromBase58,
  keyPairOfSeed,
  Secret,
  toBase58,
  toBase64url,
  verifyEd25519,
} from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryVault } from '../storage/memory-vault.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';
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

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  ada = await newWalletPerson(network, ledger);
  ben = await newWalletPerson(network, ledger);
}, 300_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});

const approval = { pin: walletPin };
const sol = 1_000_000_000n;

test('a PIN that is set makes a wallet whose address is a key, and starts at nothing', async () => {
  expect(fromBase58(ada.address, 32)).toHaveLength(32);
  expect(ada.address).not.toBe(ben.address);
  expect(await ada.wallet.state()).toMatchObject({
    is: 'ready',
    address: ada.address,
    holdUntilMs: null,
    ledger: { kind: 'devnet' },
  });
  expect(await ben.wallet.balances()).toMatchObject([{ asset: { symbol: 'SOL', mint: null }, amount: 0n }]);
});

test('an account that was made before there were wallets has one after its next PIN entry', async () => {
  const vault = memoryVault();
  const before = testClient(network, { vault });
  await before.registerWithWords(before.newWords());
  await before.setPin(walletPin, noProgress);
  await before.settled();
  const client = await restartedPerson(network, ledger, { vault });
  expect(await client.wallet.state()).toMatchObject({ is: 'missing' });
  await client.checkPin(walletPin, noProgress);
  await client.settled();
  expect(await client.wallet.state()).toMatchObject({ is: 'ready', address: expect.any(String) });
});

test('SOL goes to a person: signed with the nodes, confirmed by the ledger, in both histories', async () => {
  await ada.wallet.requestTestFunds(null);
  const steps: string[] = [];
  const order = { to: { hexkeyId: ben.hexkeyId }, mint: null, amount: sol / 4n, memo: 'for the bread' };
  const quote = await ada.wallet.quote(order);
  expect(quote).toMatchObject({
    recipient: { address: ben.address, hexkeyId: ben.hexkeyId, isContact: false },
    amount: sol / 4n,
    memo: 'for the bread',
    feeLamports: 5000n,
    rentLamports: 0n,
    warnings: [{ kind: 'stranger' }],
  });
  const sent = await ada.wallet.send(quote.intentId, approval, ({ step }) => steps.push(step));
  expect(sent).toMatchObject({
    id: quote.intentId,
    direction: 'out',
    state: 'confirmed',
    amount: sol / 4n,
    cheatingNodes: [],
  });
  expect([...new Set(steps)]).toEqual(['unlocking', 'signing', 'sending', 'confirming']);
  expect(await held(ben, null)).toBe(sol / 4n);
  expect(await held(ada, null)).toBe(sol - sol / 4n - 5000n);
  const { transfers } = await ada.wallet.history();
  expect(transfers[0]).toMatchObject({ id: quote.intentId, state: 'confirmed', memo: 'for the bread' });
  expect(transfers[1]).toMatchObject({ direction: 'in', amount: sol, asset: { mint: null } });
  const theirs = await ben.wallet.history();
  expect(theirs.transfers).toMatchObject([
    {
      direction: 'in',
      amount: sol / 4n,
      counterparty: { address: ada.address },
      memo: 'for the bread',
      signature: sent.signature,
    },
  ]);
  // The same again within the hour is asked about, and they are a stranger no more.
  const again = await ada.wallet.quote(order);
  expect(again.warnings).toMatchObject([{ kind: 'duplicate' }]);
});

test('a token goes to an address that has no account for it yet: the account is made, and its rent is in the quote', async () => {
  const { mint } = ledger;
  await ada.wallet.requestTestFunds(mint);
  const quote = await ada.wallet.quote({
    to: { address: ben.address },
    mint,
    amount: 60_000_000n,
    memo: null,
  });
  expect(quote).toMatchObject({
    asset: { mint, decimals: 6 },
    rentLamports: 2_039_280n,
    warnings: [{ kind: 'large' }],
  });
  const sent = await ada.wallet.send(quote.intentId, approval, noProgress);
  expect(sent).toMatchObject({ state: 'confirmed', asset: { mint } });
  expect(await held(ben, mint)).toBe(60_000_000n);
  expect(await held(ada, mint)).toBe(40_000_000n);
  const [newest] = (await ben.wallet.history()).transfers;
  expect(newest).toMatchObject({ direction: 'in', amount: 60_000_000n, asset: { mint } });
});

test('what cannot be paid is refused before anything is signed: too much, to nobody, to oneself, to what is no person', async () => {
  const quote = (order: Partial<Parameters<WalletPerson['wallet']['quote']>[0]>) =>
    ada.wallet.quote({ to: { address: ben.address }, mint: null, amount: 1_000_000n, memo: null, ...order });
  await expect(quote({ amount: 1_000n * sol })).rejects.toMatchObject({
    name: 'InsufficientBalance',
    code: 20117,
  });
  await expect(quote({ mint: ledger.mint, amount: 10n ** 12n })).rejects.toMatchObject({
    name: 'InsufficientBalance',
  });
  for (const address of ['nobody', ada.address, ledger.mint, '11111111111111111111111111111111'])
    await expect(quote({ to: { address } })).rejects.toMatchObject({ name: 'InvalidAddress' });
  const newcomer = toBase58(keyPairOfSeed(new Secret(new Uint8Array(32).fill(9))).publicKey);
  await expect(quote({ to: { address: newcomer }, amount: 890_879n })).rejects.toMatchObject({
    code: 20211,
    details: { leastLamports: '890880' },
  });
  await expect(quote({ to: { hexkeyId: '100000000' } })).rejects.toMatchObject({ name: 'NotFound' });
  const left = (await held(ada, null)) - 5000n - 10n;
  await expect(quote({ amount: left })).rejects.toMatchObject({ name: 'InsufficientBalance' });
  const kept = await ada.vault.walletBook((await ada.client.account()).accountId);
  expect(kept.transfers.every(({ state }) => state === 'confirmed')).toBe(true);
});

test('a payment of somebody known has their name in the history, one of a stranger an address', async () => {
  const paidBy = async () => (await ben.wallet.history()).transfers.at(-1)?.counterparty;
  expect(await paidBy()).toEqual({ address: ada.address, hexkeyId: null, name: null });
  await ben.client.people.add(ada.hexkeyId);
  // A page of its own: the one before has looked already.
  const later = await restartedPerson(network, ledger, ben);
  const { transfers } = await later.wallet.history();
  expect(transfers.at(-1)?.counterparty).toMatchObject({ address: ada.address, hexkeyId: ada.hexkeyId });
  expect(await paidBy()).toMatchObject({ hexkeyId: ada.hexkeyId });
});

test('the nodes are asked, and the requests let go, before this client computes its own part: they compute at the same time', async () => {
  const steps: string[] = [];
  const random = seededRandom('a client that is watched');
  const client = await restartedPerson(network, ledger, ada, {
    random(lengthBytes) {
      if (lengthBytes === 32) steps.push('nonce');
      return random(lengthBytes);
    },
    yieldToOthers: async () => void steps.push('let go'),
    fetch(url, init) {
      if (url.endsWith('/wallet') && init.body instanceof Uint8Array)
        steps.push(decodeWalletRequest(init.body).kind);
      return fetch(url, init);
    },
  });
  await client.settled();
  const order = { to: { address: ben.address }, mint: null, amount: 1_000_000n, memo: null };
  const { intentId } = await client.wallet.quote(order);
  await client.wallet.send(intentId, approval, noProgress);
  await client.settled();
  // 2 of 3 nodes; two shares of the client's, each with two nonces.
  const signing = steps.slice(steps.indexOf('Prepare'), steps.lastIndexOf('let go') + 1);
  const nonces = ['nonce', 'nonce', 'nonce', 'nonce'];
  expect(signing).toEqual(['Prepare', 'Prepare', 'let go', ...nonces, 'Share', 'Share', 'let go']);
});

test('a wrong PIN signs nothing, and the same transfer is sent with the right one', async () => {
  const quote = await ada.wallet.quote({
    to: { address: ben.address },
    mint: null,
    amount: 2_000_000n,
    memo: null,
  });
  const before = await held(ben, null);
  await expect(ada.wallet.send(quote.intentId, { pin: pinOf('314159') }, noProgress)).rejects.toSatisfy(
    (error) => isDomainError(error, 'WrongPin'),
  );
  expect(await held(ben, null)).toBe(before);
  await ada.wallet.send(quote.intentId, approval, noProgress);
  expect(await held(ben, null)).toBe(before + 2_000_000n);
  // Once more under the same intent is the same payment.
  expect(await ada.wallet.send(quote.intentId, approval, noProgress)).toMatchObject({ state: 'confirmed' });
  expect(await held(ben, null)).toBe(before + 2_000_000n);
});

test('another device of the account has the same address, is on hold, and pays once it is approved', async () => {
  const client = testClient(network, walletDeps(ledger));
  await client.loginWithWords(ada.words);
  await client.unlock(walletPin, noProgress);
  await client.settled();
  const state = await client.wallet.state();
  expect(state).toMatchObject({ is: 'ready', address: ada.address });
  expect(state.is === 'ready' ? state.holdUntilMs : null).toBeGreaterThan(network.clock.now());
  const order = { to: { address: ben.address }, mint: null, amount: 3_000_000n, memo: null };
  const quote = await client.wallet.quote(order);
  await expect(client.wallet.send(quote.intentId, approval, noProgress)).rejects.toMatchObject({
    name: 'DeviceOnHold',
  });
  const [onHold] = await ada.wallet.devicesOnHold();
  const code = state.is === 'ready' ? state.deviceCode : '';
  const approve = (by: WalletPerson['wallet'], typed: string, pin = walletPin) =>
    by.approveDevice(onHold?.sessionId ?? '', typed, pin);
  // A server that names a thief's key in the place of the one that was meant: no PIN is tried, no node is told.
  const fooled = await restartedPerson(network, ledger, ada, {
    async fetch(input, init) {
      const answer = await fetch(input, init);
      if (!String(input).endsWith(routes.listDevicesOnHold.path)) return answer;
      const { devices } = (await answer.json()) as { devices: object[] };
      const deviceKeyThumbprint = toBase64url(new Uint8Array(32).fill(7));
      return Response.json({ devices: devices.map((device) => ({ ...device, deviceKeyThumbprint })) });
    },
  });
  for (const attempt of [
    () => approve(fooled.wallet, code, pinOf('314159')),
    () => approve(ada.wallet, `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`),
  ])
    await expect(attempt()).rejects.toMatchObject({ name: 'DeviceCodeDiffers', code: 20212 });
  await approve(ada.wallet, code);
  const again = await client.wallet.quote(order);
  expect(await client.wallet.send(again.intentId, approval, noProgress)).toMatchObject({
    state: 'confirmed',
  });
});

test('lower limits hold at once, at the server and at the nodes', async () => {
  const { limits } = await ben.wallet.limits();
  const lowered = { ...limits, lamportsPerDay: 1_000_000n };
  expect(await ben.wallet.setLimits(lowered, walletPin)).toMatchObject({ limits: lowered, pending: null });
  const quote = await ben.wallet.quote({
    to: { address: ada.address },
    mint: null,
    amount: 2_000_000n,
    memo: null,
  });
  await expect(ben.wallet.send(quote.intentId, approval, noProgress)).rejects.toMatchObject({
    name: 'OverLimit',
    code: 20202,
  });
});

test('what limits are shown is what the server keeps, with a raise that waits; a look changes nothing', async () => {
  const { limits } = await ben.wallet.limits();
  const tokensPerDay = [{ mint: ledger.mint, amount: limits.otherTokensPerDay + 1n }];
  const raised = { ...limits, lamportsPerDay: limits.lamportsPerDay + 1n, tokensPerDay };
  const waiting = { limits, pending: { limits: raised, fromMs: network.clock.now() + 24 * 3_600_000 } };
  expect(await ben.wallet.setLimits(raised, walletPin)).toEqual(waiting);
  expect(await ben.wallet.limits()).toEqual(waiting);
  network.clock.advance(24 * 3_600_000);
  expect(await ben.wallet.limits()).toEqual({ limits: raised, pending: null });
});

test('the signature on the ledger is an ordinary one of the wallet’s key', async () => {
  const { transfers } = await ada.vault.walletBook((await ada.client.account()).accountId);
  for (const { message, transaction } of transfers)
    expect(
      verifyEd25519(fromBase58(ada.address, 32), message, (transaction as Uint8Array).slice(1, 65)),
    ).toBe(true);
});
