import { type KeyPair, keyPairOfSeed, Secret, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  loginByWords,
  type Person,
  preparation,
  registerByPhone,
  registerByWords,
  setPin,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const as = (person: Person) => ({ sessionId: person.session.sessionId });
const newPair = () => keyPairOfSeed(new Secret(api.random(32)));

async function prepare(person: Person, by: KeyPair, next: KeyPair, sealedEntropy: string | null = null) {
  const body = { pinAuthKey: toBase64url(next.publicKey), sealedEntropy, wallet: null };
  const proven = { body: JSON.stringify(body) };
  const pinAuth = await person.device.provePin('prepareNewSecret', person.session, by, proven);
  return person.device.call('prepareNewSecret', { as: as(person), body, pinAuth });
}
async function activate(person: Person, by: KeyPair) {
  const pinAuth = await person.device.provePin('activateNewSecret', person.session, by);
  return person.device.call('activateNewSecret', { as: as(person), pinAuth });
}
async function unlock(person: Person, by: KeyPair) {
  const pinAuth = await person.device.provePin('unlockSession', person.session, by);
  return person.device.call('unlockSession', { as: as(person), pinAuth });
}
const isRefused = (answer: { refusal: unknown }) =>
  expect(answer.refusal).toMatchObject({ name: 'Forbidden', details: { reason: 'pin-auth' } });
const preparedKeys = async (person: Person) =>
  (
    (await person.device.call('createPinChallenge', { as: as(person) })).body as {
      preparedPinAuthKeys: string[];
    }
  ).preparedPinAuthKeys;

async function ownerWithPin() {
  const owner = await registerByWords(api);
  const current = await setPin(api, owner);
  return { owner, current, next: newPair() };
}

test('while a new secret is prepared either key proves the PIN; once it is activated only the new one', async () => {
  const { owner, current, next } = await ownerWithPin();
  isRefused(await unlock(owner, next));
  expect((await prepare(owner, current, next)).status).toBe(204);
  expect(await preparedKeys(owner)).toEqual([toBase64url(next.publicKey)]);
  for (const key of [current, next]) expect((await unlock(owner, key)).body).toMatchObject({ state: 'full' });

  api.clock.advance(60_000);
  expect((await activate(owner, next)).body).toMatchObject({ state: 'full', pinState: 'set' });
  expect(await preparedKeys(owner)).toEqual([]);
  isRefused(await unlock(owner, current));
  expect((await unlock(owner, next)).status).toBe(200);
  const account = await owner.device.call('getAccount', { as: as(owner) });
  expect(account.body).toMatchObject({ pinSetAtMs: api.clock.now() });
});

test('the activation ends every other session, is in the log, and repeated does nothing', async () => {
  const { owner, current, next } = await ownerWithPin();
  const other = await loginByWords(api, owner.login);
  await unlock(other, current);
  await prepare(owner, current, next);
  await activate(owner, next);
  const ended = await other.device.call('getSession', { as: as(other) });
  expect(ended.refusal).toMatchObject({ name: 'SessionEnded' });

  const later = await loginByWords(api, owner.login);
  expect((await activate(owner, next)).status).toBe(200);
  expect((await later.device.call('getSession', { as: as(later) })).status).toBe(200);
  const logs = await owner.device.call('listLogs', { as: as(owner) });
  const operations = (logs.body as { entries: { operation: string }[] }).entries.map(
    ({ operation }) => operation,
  );
  expect(operations.filter((operation) => operation === 'activateNewSecret')).toHaveLength(1);
  expect(operations).toContain('prepareNewSecret');
});

test('a key that is only prepared prepares no further one', async () => {
  const { owner, current, next } = await ownerWithPin();
  await prepare(owner, current, next);
  isRefused(await prepare(owner, next, newPair()));
  expect(await preparedKeys(owner)).toHaveLength(1);
});

test('of several prepared secrets, of two devices at once, any can win, and then the others are nothing', async () => {
  const { owner, current, next } = await ownerWithPin();
  const rival = newPair();
  await prepare(owner, current, next);
  await prepare(owner, current, rival);
  expect((await activate(owner, next)).status).toBe(200);
  isRefused(await activate(owner, rival));
});

test('the oldest of nine prepared secrets makes room', async () => {
  const { owner, current, next } = await ownerWithPin();
  await prepare(owner, current, next);
  for (let count = 0; count < 8; count += 1) {
    api.clock.advance(1);
    await prepare(owner, current, newPair());
  }
  expect(await preparedKeys(owner)).toHaveLength(8);
  isRefused(await activate(owner, next));
});

test('a phone account keeps its old sealed entropy until the new secret is activated', async () => {
  const owner = await registerByPhone(api, '+4915112345690');
  const before = preparation(owner, newPair()).sealedEntropy;
  const current = await setPin(api, owner);
  const next = newPair();
  const sealed = async () => (await owner.device.call('getSealedEntropy', { as: as(owner) })).body;
  const after = toBase64url(new Uint8Array(56).fill(7));
  expect((await prepare(owner, current, next)).refusal).toMatchObject({ name: 'InvalidField' });
  await prepare(owner, current, next, after);
  expect(await sealed()).toEqual({ sealedEntropy: before });
  await activate(owner, next);
  expect(await sealed()).toEqual({ sealedEntropy: after });
});

test('the current key, a key nobody can have, and entropy of a words account are refused', async () => {
  const { owner, current, next } = await ownerWithPin();
  const small = { ...next, publicKey: new Uint8Array(32) };
  for (const answer of [
    await prepare(owner, current, current),
    await prepare(owner, current, small),
    await prepare(owner, current, next, toBase64url(new Uint8Array(56))),
  ])
    expect(answer.refusal).toMatchObject({ name: 'InvalidField' });
});
