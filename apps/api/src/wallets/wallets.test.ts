import type { RouteName } from '@hexkey/contract';
import { keyPairOfSeed, Secret, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addContact,
  callWithPin,
  loginByWords,
  type PersonWithPin,
  personWithPin,
  secondDevice,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { publishKey, readMessages } from '../testing/test-socket.ts';
import { rewrapOf, type TestWallet, testWallet } from '../testing/test-wallet.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const day = 24 * 3_600_000;
const call = (who: PersonWithPin, name: RouteName, body?: unknown, query?: string) =>
  who.device.call(name, {
    as: { sessionId: who.session.sessionId },
    ...(body === undefined ? {} : { body }),
    ...(query === undefined ? {} : { query }),
  });
const walletOf = async (who: PersonWithPin) =>
  (await call(who, 'getWallet')).body as { wallet: object | null; holdUntilMs: number | null };
const operationsOf = async (who: PersonWithPin) =>
  ((await call(who, 'listLogs')).body as { entries: { operation: string }[] }).entries.map(
    ({ operation }) => operation,
  );

async function owner(name: string): Promise<PersonWithPin & { readonly wallet: TestWallet }> {
  const person = await personWithPin(api, name);
  const wallet = testWallet(api, person);
  expect((await callWithPin(person, 'createWallet', wallet.body)).status).toBe(200);
  return { ...person, wallet };
}

test('the first wallet of an account stays: the same again is the same answer, another one finds it', async () => {
  const ada = await personWithPin(api, 'Ada');
  expect((await walletOf(ada)).wallet).toBeNull();
  const [first, second] = [testWallet(api, ada), testWallet(api, ada)];
  for (const { body } of [first, first, second])
    expect((await callWithPin(ada, 'createWallet', body)).body).toEqual({ wallet: first.body });
  expect((await walletOf(ada)).wallet).toEqual(first.body);
  expect((await operationsOf(ada)).filter((operation) => operation === 'createWallet')).toHaveLength(1);
});

test('of two devices that make a wallet at once one wins, and both are told the same', async () => {
  const ada = await personWithPin(api, 'Ada');
  const second = await secondDevice(api, ada);
  const answers = await Promise.all(
    [ada, second].map((who) => callWithPin(who, 'createWallet', testWallet(api, who).body)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[0]?.body).toEqual(answers[1]?.body);
});

test('a wallet is kept with a voucher of each node over its package, its address signed, and for nobody else', async () => {
  const [ada, ben] = [await personWithPin(api, 'Ada'), await personWithPin(api, 'Ben')];
  const { body } = testWallet(api, ada);
  const [first, ...others] = body.vouchers as { realmId: string; signature: string }[];
  const other = testWallet(api, ada).body;
  const bad: [string, object][] = [
    ['vouchers', { vouchers: [...others, others[0]] }],
    ['vouchers', { vouchers: [first, ...others].map((each) => ({ ...each, signature: first?.signature })) }],
    ['vouchers', { verifyingShares: other.verifyingShares }],
    ['vouchers', { ceremony: other.ceremony }],
    ['publicKey', { publicKey: other.publicKey }],
    ['epoch', { epoch: 2 }],
    ['nodeSetHash', { nodeSetHash: other.publicKey }],
    ['commitments', { commitments: (body.commitments as string[]).slice(1) }],
    ['addressSignature', { addressSignature: other.addressSignature }],
  ];
  for (const [field, change] of bad)
    expect((await callWithPin(ada, 'createWallet', { ...body, ...change })).refusal, field).toMatchObject({
      name: 'InvalidField',
      details: { field },
    });
  expect((await callWithPin(ben, 'createWallet', body)).refusal).toMatchObject({
    details: { field: 'vouchers' },
  });
  expect((await walletOf(ada)).wallet).toBeNull();
});

test('a device is on hold for a day after its first PIN, but the one that made the wallet is not', async () => {
  const ada = await owner('Ada');
  expect((await walletOf(ada)).holdUntilMs).toBeNull();
  const second = await secondDevice(api, ada);
  const untilMs = api.clock.now() + day;
  expect((await walletOf(second)).holdUntilMs).toBe(untilMs);
  const onHold = (await call(ada, 'listDevicesOnHold')).body as { devices: { sessionId: string }[] };
  expect(onHold.devices).toMatchObject([{ sessionId: second.session.sessionId, untilMs }]);
  const limits = { lamports: '5', tokens: [], otherTokens: '5' };
  for (const [name, body] of [
    ['approveDevice', { sessionId: ada.session.sessionId }],
    ['setWalletLimits', limits],
  ] as const)
    expect((await callWithPin(second, name, body)).refusal).toMatchObject({
      name: 'DeviceOnHold',
      details: { untilMs },
    });

  // Another PIN does not begin the day anew.
  api.clock.advance(day - 1);
  await callWithPin(second, 'unlockSession');
  expect((await walletOf(second)).holdUntilMs).toBe(untilMs);
  api.clock.advance(1);
  expect((await walletOf(second)).holdUntilMs).toBeNull();
});

test('a device past its hold ends that of another, the log and the other devices say so; nobody approves itself, a locked or a foreign device', async () => {
  const [ada, ben] = [await owner('Ada'), await owner('Ben')];
  const second = await secondDevice(api, ada);
  const locked = await loginByWords(api, ada.login);
  const approve = (sessionId: string, by = ada) => callWithPin(by, 'approveDevice', { sessionId });
  expect((await approve(ada.session.sessionId)).refusal?.name).toBe('ThisDevice');
  for (const { session } of [locked, ben])
    expect((await approve(session.sessionId)).refusal).toMatchObject({ details: { what: 'device' } });
  for (const _ of [1, 2]) expect((await approve(second.session.sessionId)).status).toBe(204);
  expect((await walletOf(second)).holdUntilMs).toBeNull();
  expect((await operationsOf(ada)).filter((operation) => operation === 'approveDevice')).toHaveLength(1);
  expect((await call(ben, 'listDevicesOnHold')).body).toEqual({ devices: [] });
});

test('lower limits hold at once, higher ones a day later, and lowering calls a raise back', async () => {
  const ada = await owner('Ada');
  const mint = toBase64url(new Uint8Array(32).fill(9));
  const limits = async () => (await call(ada, 'getWalletLimits')).body;
  const set = async (lamports: string, amount: string) =>
    (
      await callWithPin(ada, 'setWalletLimits', {
        lamports,
        tokens: [{ mint, amount }],
        otherTokens: '1000000000',
      })
    ).body;
  expect(await limits()).toEqual({
    limits: { lamports: '10000000000', tokens: [], otherTokens: '1000000000' },
    pending: null,
  });
  const raised = { lamports: '20000000000', tokens: [{ mint, amount: '5' }], otherTokens: '1000000000' };
  const fromMs = api.clock.now() + day;
  expect(await set('20000000000', '5')).toEqual({
    limits: { ...raised, lamports: '10000000000' },
    pending: { limits: raised, fromMs },
  });
  api.clock.advance(day - 1);
  expect(await limits()).toMatchObject({ limits: { lamports: '10000000000' } });
  api.clock.advance(1);
  expect(await limits()).toEqual({ limits: raised, pending: null });
  await set('30000000000', '5');
  expect(await set('1', '5')).toMatchObject({ limits: { lamports: '1' }, pending: null });
  api.clock.advance(2 * day);
  expect(await limits()).toMatchObject({ limits: { lamports: '1' }, pending: null });
  const twice = {
    lamports: '1',
    tokens: [
      { mint, amount: '1' },
      { mint, amount: '2' },
    ],
    otherTokens: '1',
  };
  expect((await callWithPin(ada, 'setWalletLimits', twice)).refusal?.name).toBe('InvalidField');
  const tooMuch = { lamports: (2n ** 64n).toString(), tokens: [], otherTokens: '1' };
  expect((await callWithPin(ada, 'setWalletLimits', tooMuch)).refusal?.name).toBe('InvalidField');
});

test('an address is found by Hexkey ID: signed, the same for whom the person blocks, not of a deleted account', async () => {
  const [ada, ben, cid] = [await owner('Ada'), await owner('Ben'), await personWithPin(api, 'Cid')];
  const find = async (who: PersonWithPin, of: PersonWithPin) =>
    call(who, 'getWalletAddress', undefined, `hexkeyId=${await api.hexkeyIdOf(of.session.accountId)}`);
  const expected = {
    accountId: ada.session.accountId,
    publicKey: ada.wallet.body.publicKey,
    aik: ada.wallet.body.aik,
    signature: ada.wallet.body.addressSignature,
    deviceList: null,
  };
  expect((await find(ben, ada)).body).toEqual(expected);
  await call(ada, 'blockPerson', { hexkeyId: await api.hexkeyIdOf(ben.session.accountId) });
  expect((await find(ben, ada)).body).toEqual(expected);
  expect((await find(ben, cid)).refusal).toMatchObject({ name: 'NotFound', details: { what: 'wallet' } });
  const nobody = await call(ben, 'getWalletAddress', undefined, 'hexkeyId=100000000');
  expect(nobody.refusal).toMatchObject({ details: { what: 'person' } });
  const official = await call(ben, 'getWalletAddress', undefined, 'hexkeyId=7000');
  expect(official.refusal).toMatchObject({ details: { what: 'person' } });
  await api.markDeleted(ada.session.accountId);
  expect((await find(ben, ada)).refusal).toMatchObject({ name: 'AccountDeleted', code: 20160 });
});

test('strangers are looked up sixty times an hour, contacts more often', async () => {
  const [ada, ben] = [await owner('Ada'), await personWithPin(api, 'Ben')];
  const hexkeyId = await api.hexkeyIdOf(ada.session.accountId);
  for (let lookup = 0; lookup < 60; lookup += 1)
    await call(ben, 'getWalletAddress', undefined, `hexkeyId=${100_000_000 + lookup}`);
  const stranger = await call(ben, 'getWalletAddress', undefined, `hexkeyId=${hexkeyId}`);
  expect(stranger.refusal?.name).toBe('TooMany');
  const eve = await personWithPin(api, 'Eve');
  await addContact(api, eve, ada);
  for (let lookup = 0; lookup < 60; lookup += 1)
    expect((await call(eve, 'getWalletAddress', undefined, `hexkeyId=${hexkeyId}`)).status).toBe(200);
});

test('a new secret takes its own seal of the shares along, and the old one stays until it is activated', async () => {
  const ada = await owner('Ada');
  const [pin, aik] = [1, 2].map(() => keyPairOfSeed(new Secret(api.random(32)))) as [
    typeof ada.pin,
    typeof ada.pin,
  ];
  const wallet = rewrapOf(aik, ada.session.accountId, ada.wallet.keys.publicKey);
  const prepare = (next: object | null) =>
    callWithPin(ada, 'prepareNewSecret', {
      pinAuthKey: toBase64url(pin.publicKey),
      sealedEntropy: null,
      wallet: next,
    });
  const forged = { ...wallet, aik: ada.wallet.body.aik };
  for (const refused of [null, forged])
    expect((await prepare(refused)).refusal).toMatchObject({ details: { field: 'wallet' } });
  expect((await prepare(wallet)).status).toBe(204);
  expect((await walletOf(ada)).wallet).toEqual(ada.wallet.body);
  await callWithPin({ ...ada, pin }, 'activateNewSecret');
  expect((await walletOf(ada)).wallet).toEqual({ ...ada.wallet.body, ...wallet });

  const none = await personWithPin(api, 'Ben');
  const early = await callWithPin(none, 'prepareNewSecret', {
    pinAuthKey: toBase64url(pin.publicKey),
    sealedEntropy: null,
    wallet,
  });
  expect(early.refusal).toMatchObject({ details: { field: 'wallet' } });
});

test('while a new secret is prepared no wallet is made: it would be sealed under one of the two', async () => {
  const ben = await personWithPin(api, 'Ben');
  const next = keyPairOfSeed(new Secret(api.random(32)));
  await callWithPin(ben, 'prepareNewSecret', {
    pinAuthKey: toBase64url(next.publicKey),
    sealedEntropy: null,
    wallet: null,
  });
  const { body } = testWallet(api, ben);
  for (const who of [ben, { ...ben, pin: next }])
    expect((await callWithPin(who, 'createWallet', body)).refusal).toMatchObject({
      details: { reason: 'not-allowed' },
    });
  await callWithPin({ ...ben, pin: next }, 'activateNewSecret');
  expect((await callWithPin({ ...ben, pin: next }, 'createWallet', body)).status).toBe(200);
});

test('a key that is taken out is told to every other device, and in the log; a device on hold announces none', async () => {
  const ada = await owner('Ada');
  const other = await secondDevice(api, ada);
  const key = await publishKey(other);
  expect((await callWithPin(other, 'announceWalletExport', { step: 'begun' })).refusal).toMatchObject({
    name: 'DeviceOnHold',
  });
  const fromMs = api.clock.now() + 7 * day;
  for (const step of ['begun', 'taken']) {
    expect((await callWithPin(ada, 'announceWalletExport', { step })).refusal).toBeNull();
    // Messages of one millisecond have no order.
    api.clock.advance(1);
  }
  expect(await readMessages(api, other, key, 2)).toMatchObject([
    { kind: 'walletExportBegun', parameters: { fromMs } },
    { kind: 'walletExportTaken' },
  ]);
  const told = (await operationsOf(ada)).filter((operation) => operation === 'announceWalletExport');
  expect(told).toHaveLength(2);
});
