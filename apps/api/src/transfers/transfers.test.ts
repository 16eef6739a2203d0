import { randomUUID } from 'node:crypto';
import { type KeyPair, keyPairOfSeed, Secret, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../sessions/authenticate-request.ts';
import { callWithPin, type PersonWithPin, personWithPin, secondDevice } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { signedTransaction, solTransfer, type TestWallet, testWallet } from '../testing/test-wallet.ts';
import { createTransfer } from './create-transfer.ts';
import { settleTransfer } from './settle-transfer.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

type Owner = PersonWithPin & { readonly wallet: TestWallet };
const day = 24 * 3_600_000;
const sol = 1_000_000_000n;
const newPair = () => keyPairOfSeed(new Secret(api.random(32)));

async function owner(name: string): Promise<Owner> {
  const person = await personWithPin(api, name);
  const wallet = testWallet(api, person);
  await callWithPin(person, 'createWallet', wallet.body);
  return { ...person, wallet };
}

const payment = (from: Owner, lamports: bigint, to: Uint8Array = new Uint8Array(32).fill(8)) =>
  solTransfer(from.wallet.keys.publicKey, to, lamports);
const announcement = (
  message: Uint8Array,
  recipientHexkeyId: string | null = null,
  intentId = randomUUID(),
) => ({
  intentId,
  message: toBase64url(message),
  recipientHexkeyId,
});
const call = (
  who: PersonWithPin,
  name: 'putSignedTransfer' | 'settleTransfer' | 'removePayKey' | 'changePin',
  body?: object,
) =>
  who.device.call(name, {
    as: { sessionId: who.session.sessionId },
    ...(body === undefined ? {} : { body }),
  });
const listed = async (who: PersonWithPin, query?: string) =>
  (
    await who.device.call('listTransfers', {
      as: { sessionId: who.session.sessionId },
      ...(query === undefined ? {} : { query }),
    })
  ).body as { transfers: { intentId: string; state: string; transaction: string | null }[]; more: boolean };

test('a transfer is announced once: the same again is the same, another message under its intent is refused', async () => {
  const ada = await owner('Ada');
  const announced = announcement(payment(ada, sol));
  const first = await callWithPin(ada, 'createTransfer', announced);
  expect(first.body).toMatchObject({ ...announced, state: 'announced', transaction: null, failure: null });
  expect((await callWithPin(ada, 'createTransfer', announced)).body).toEqual(first.body);
  const other = announcement(payment(ada, 2n * sol), null, announced.intentId);
  expect((await callWithPin(ada, 'createTransfer', other)).refusal).toMatchObject({
    name: 'TransferRefused',
    details: { reason: 'intent' },
  });
  expect((await listed(ada)).transfers).toEqual([first.body]);
});

test('what the nodes would not sign is not announced: another payer, more than a transfer, no message', async () => {
  const [ada, ben] = [await owner('Ada'), await owner('Ben')];
  const good = payment(ada, 1n);
  for (const message of [payment(ben, 1n), good.subarray(0, good.length - 1), Uint8Array.of(1, 2, 3)])
    expect((await callWithPin(ada, 'createTransfer', announcement(message))).refusal).toMatchObject({
      name: 'TransferRefused',
      details: { reason: 'message' },
    });
  const none = await personWithPin(api, 'Cid');
  expect((await callWithPin(none, 'createTransfer', announcement(good))).refusal?.name).toBe('WalletMissing');
});

test('a person is paid at their own wallet, and not once they are gone', async () => {
  const [ada, ben, cid] = [await owner('Ada'), await owner('Ben'), await personWithPin(api, 'Cid')];
  const idOf = (who: PersonWithPin) => api.hexkeyIdOf(who.session.accountId);
  const toBen = payment(ada, 1n, ben.wallet.keys.publicKey);
  const announce = async (message: Uint8Array, hexkeyId: string) =>
    callWithPin(ada, 'createTransfer', announcement(message, hexkeyId));
  expect((await announce(toBen, await idOf(ben))).status).toBe(200);
  expect((await announce(payment(ada, 1n), await idOf(ben))).refusal).toMatchObject({
    details: { reason: 'message' },
  });
  expect((await announce(toBen, await idOf(cid))).refusal).toMatchObject({ details: { what: 'wallet' } });
  expect((await announce(toBen, '100000000')).refusal).toMatchObject({ details: { what: 'person' } });
  await api.markDeleted(ben.session.accountId);
  const refused = await announce(toBen, await idOf(ben));
  expect(refused.refusal).toMatchObject({ name: 'AccountDeleted', code: 20160 });
  // A pasted address still receives.
  expect((await callWithPin(ada, 'createTransfer', announcement(toBen))).status).toBe(200);
});

test('a device on hold announces nothing until its day is over or another device approves it', async () => {
  const ada = await owner('Ada');
  const second: Owner = { ...(await secondDevice(api, ada)), wallet: ada.wallet };
  const announced = announcement(payment(ada, 1n));
  expect((await callWithPin(second, 'createTransfer', announced)).refusal).toMatchObject({
    name: 'DeviceOnHold',
    code: 20201,
  });
  await callWithPin(ada, 'approveDevice', { sessionId: second.session.sessionId });
  expect((await callWithPin(second, 'createTransfer', announced)).status).toBe(200);
});

test('no more leaves than the limit in any day, fees included, however many ask at once and whatever they say became of it', async () => {
  const ada = await owner('Ada');
  const announce = (lamports: bigint, intentId = randomUUID()) =>
    callWithPin(ada, 'createTransfer', announcement(payment(ada, lamports), null, intentId));
  const over = await announce(10n * sol);
  expect(over.refusal).toMatchObject({
    name: 'OverLimit',
    code: 20202,
    details: { mint: null, limit: '10000000000', spent: '0' },
  });
  const answers = await Promise.all([4n, 4n, 4n].map((count) => announce(count * sol)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 403]);
  const [first, second] = (await listed(ada)).transfers;
  for (const [transfer, state, failure] of [
    [first, 'expired', null],
    [second, 'failed', 'no'],
  ] as const)
    await call(ada, 'settleTransfer', { intentId: transfer?.intentId, state, failure });
  expect((await announce(4n * sol)).refusal?.name).toBe('OverLimit');
  api.clock.advance(day);
  expect((await announce(4n * sol)).status).toBe(200);
});

test('an owner announces no more in a day than a node takes, whatever became of it', async () => {
  const ada = await owner('Ada');
  const caller = {
    account: { id: ada.session.accountId },
    session: await api.deps.stores.sessions.get(ada.session.sessionId),
  };
  const announce = (intentId: ReturnType<typeof randomUUID>) =>
    createTransfer(
      { ...api.deps, keys: api.keys },
      caller as Caller,
      announcement(payment(ada, 1n), null, intentId),
      '192.0.2.1',
    );
  const first = randomUUID();
  for (let count = 0; count < 200; count += 1) {
    const intentId = count === 0 ? first : randomUUID();
    await announce(intentId);
    await settleTransfer(api.deps, caller as Caller, { intentId, state: 'failed', failure: 'no' });
  }
  await expect(announce(randomUUID())).rejects.toMatchObject({ name: 'TooMany' });
  // What was announced is answered as before.
  expect(await announce(first)).toMatchObject({ state: 'failed' });
  api.clock.advance(day);
  await announce(randomUUID());
});

test('signed bytes are the wallet’s signature over the announced message, and never change', async () => {
  const [ada, ben] = [await owner('Ada'), await owner('Ben')];
  const message = payment(ada, 1n);
  const announced = announcement(message);
  await callWithPin(ada, 'createTransfer', announced);
  const put = (who: Owner, transaction: Uint8Array, intentId = announced.intentId) =>
    call(who, 'putSignedTransfer', { intentId, transaction: toBase64url(transaction) });
  const bytes = signedTransaction(ada.wallet.keys, message);
  const other = signedTransaction(ada.wallet.keys, payment(ada, 2n));
  const forged = signedTransaction(ben.wallet.keys, message);
  const longer = Uint8Array.from([...bytes, 0]);
  for (const bad of [other, forged, longer, bytes.subarray(1)])
    expect((await put(ada, bad)).refusal).toMatchObject({ details: { reason: 'bytes' } });
  expect((await put(ben, bytes)).refusal).toMatchObject({ details: { what: 'transfer' } });
  expect((await put(ada, bytes, randomUUID())).refusal).toMatchObject({ details: { what: 'transfer' } });
  for (const _ of [1, 2]) expect((await put(ada, bytes)).status).toBe(204);
  expect((await listed(ada)).transfers).toMatchObject([{ state: 'signed', transaction: toBase64url(bytes) }]);
});

test('the first word about what became of a transfer stands, but a confirmation corrects it', async () => {
  const ada = await owner('Ada');
  const announced = announcement(payment(ada, 1n));
  await callWithPin(ada, 'createTransfer', announced);
  const settle = async (state: string, failure: string | null = null) => {
    await call(ada, 'settleTransfer', { intentId: announced.intentId, state, failure });
    return (await listed(ada)).transfers[0];
  };
  expect(await settle('failed', 'no funds')).toMatchObject({ state: 'failed', failure: 'no funds' });
  expect(await settle('expired')).toMatchObject({ state: 'failed' });
  expect(await settle('confirmed')).toMatchObject({ state: 'confirmed', failure: null });
  expect(await settle('failed', 'no funds')).toMatchObject({ state: 'confirmed' });
});

test('transfers are listed newest first, in pages, to their owner only', async () => {
  const [ada, ben] = [await owner('Ada'), await owner('Ben')];
  const ids: string[] = [];
  for (const lamports of [1n, 2n, 3n]) {
    const announced = announcement(payment(ada, lamports));
    await callWithPin(ada, 'createTransfer', announced);
    ids.unshift(announced.intentId);
    api.clock.advance(1000);
  }
  const page = await listed(ada, 'limit=2');
  expect(page.transfers.map(({ intentId }) => intentId)).toEqual(ids.slice(0, 2));
  expect(page.more).toBe(true);
  const rest = await listed(ada, `before=${ids[1]}`);
  expect(rest.transfers.map(({ intentId }) => intentId)).toEqual(ids.slice(2));
  expect((await listed(ben)).transfers).toEqual([]);
});

/** A call signed under a pay key. */
async function payWith(who: Owner, key: KeyPair, lamports = 1n) {
  return callWithPin({ ...who, pin: key }, 'createTransfer', announcement(payment(who, lamports)));
}

test('the pay key of a session announces transfers within its window since the last PIN, and proves the PIN for nothing else', async () => {
  const ada = await owner('Ada');
  const payKey = newPair();
  const windowMs = 30 * 60_000;
  expect((await payWith(ada, payKey)).refusal).toMatchObject({ details: { reason: 'pin-auth' } });
  await callWithPin(ada, 'registerPayKey', { key: toBase64url(payKey.publicKey), windowMs });
  expect((await payWith(ada, payKey)).status).toBe(200);
  const limits = { lamports: '1', tokens: [], otherTokens: '1' };
  const elsewhere = await callWithPin({ ...ada, pin: payKey }, 'setWalletLimits', limits);
  expect(elsewhere.refusal).toMatchObject({ details: { reason: 'pin-auth' } });

  api.clock.advance(windowMs - 1);
  expect((await payWith(ada, payKey)).status).toBe(200); // paying is no PIN: the window goes on
  api.clock.advance(1);
  expect((await payWith(ada, payKey)).refusal).toMatchObject({ details: { reason: 'pin-auth' } });
  await callWithPin(ada, 'setWalletLimits', { ...limits, lamports: '9' });
  expect((await payWith(ada, payKey)).refusal?.name).not.toBe('Forbidden');
});

test('a pay key is of one device, and goes with it, with a PIN change and when it is switched off', async () => {
  const ada = await owner('Ada');
  const second: Owner = { ...(await secondDevice(api, ada)), wallet: ada.wallet };
  await callWithPin(ada, 'approveDevice', { sessionId: second.session.sessionId });
  const payKey = newPair();
  const register = (who: Owner) =>
    callWithPin(who, 'registerPayKey', { key: toBase64url(payKey.publicKey), windowMs: day });
  await register(ada);
  expect((await payWith(second, payKey)).refusal?.name).toBe('Forbidden');
  expect((await call(ada, 'removePayKey')).status).toBe(204);
  expect((await payWith(ada, payKey)).refusal?.name).toBe('Forbidden');

  await register(ada);
  await callWithPin(second, 'changePin', { kind: 'repair' });
  expect((await payWith(ada, payKey)).status).toBe(200);
  await callWithPin(second, 'changePin', { kind: 'change' });
  expect((await payWith(ada, payKey)).refusal?.name).toBe('Forbidden');

  await register(second);
  await callWithPin(ada, 'endDevice', { sessionId: second.session.sessionId });
  const left = await api.database.db.selectFrom('pay_keys').selectAll().execute();
  expect(left.filter(({ session_id }) => session_id === second.session.sessionId)).toEqual([]);
  const weak = toBase64url(new Uint8Array(32));
  expect((await callWithPin(ada, 'registerPayKey', { key: weak, windowMs: day })).refusal?.name).toBe(
    'InvalidField',
  );
});
