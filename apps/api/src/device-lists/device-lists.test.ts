import {
  type AikHandover,
  type KeyPair,
  keyPairOfSeed,
  Secret,
  signAikHandover,
  signDeviceList,
  toBase64url,
} from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatDevice } from '../testing/chat-device.ts';
import {
  callWithPin,
  loginByWords,
  type PersonWithPin,
  personWithPin,
  secondDevice,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let ada: PersonWithPin;
let ben: PersonWithPin;
beforeAll(async () => {
  api = await startTestApi();
  ada = await personWithPin(api, 'Ada');
  ben = await personWithPin(api, 'Ben');
});
afterAll(() => api.close());

const newKeys = () => keyPairOfSeed(new Secret(api.random(32)));
const keys = new WeakMap<PersonWithPin, KeyPair>();
const aikOf = (who: PersonWithPin) => {
  const pair = keys.get(who) ?? newKeys();
  keys.set(who, pair);
  return pair;
};

interface Draft {
  readonly replaces: number;
  readonly version: number;
  readonly deviceIds?: readonly string[];
  readonly accountId?: string;
  readonly handovers?: readonly AikHandover[];
}

function listOf(who: PersonWithPin, { replaces, version, deviceIds, accountId, handovers = [] }: Draft) {
  const devices = (deviceIds ?? [who.session.sessionId]).map((deviceId) => ({
    deviceId,
    signatureKey: new Uint8Array(32).fill(7),
  }));
  const list = { accountId: accountId ?? who.session.accountId, version, devices, handovers };
  const signed = signDeviceList(aikOf(who), list);
  return { replaces, list: toBase64url(signed.list), signature: toBase64url(signed.signature) };
}

const put = (who: PersonWithPin, draft: Draft) => callWithPin(who, 'putDeviceList', listOf(who, draft));
async function read(who: PersonWithPin, of: readonly PersonWithPin[]) {
  const body = { accountIds: of.map(({ session }) => session.accountId) };
  const answer = await who.device.call('getDeviceLists', { as: { sessionId: who.session.sessionId }, body });
  return (answer.body as { lists: { accountId: string; list: string }[] }).lists;
}

test('a list is given back as it was signed, and follows only the one it was made from', async () => {
  expect(await read(ada, [ada])).toEqual([]);
  expect((await put(ada, { replaces: 0, version: 1 })).status).toBe(204);
  const { list, signature } = listOf(ada, { replaces: 0, version: 1 });
  expect(await read(ada, [ada])).toEqual([{ accountId: ada.session.accountId, list, signature }]);
  for (const replaces of [0, 2, 9])
    expect((await put(ada, { replaces, version: replaces + 5 })).refusal).toMatchObject({
      name: 'StaleDeviceList',
      details: { version: 1 },
    });
  expect((await put(ada, { replaces: 1, version: 2 })).status).toBe(204);
  expect((await put(ada, { replaces: 1, version: 3 })).refusal?.name).toBe('StaleDeviceList');
});

test('a repetition of the list that is there is the same answer', async () => {
  const cid = await personWithPin(api, 'Cid');
  const draft = { replaces: 0, version: 1 };
  expect((await put(cid, draft)).status).toBe(204);
  expect((await put(cid, draft)).status).toBe(204);
});

test('of two devices that write at once one is told that the other was faster', async () => {
  const dan = await personWithPin(api, 'Dan');
  const second = await secondDevice(api, dan);
  keys.set(second, aikOf(dan));
  const answers = await Promise.all([
    put(dan, { replaces: 0, version: 1 }),
    put(second, { replaces: 0, version: 1 }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
});

test('another account, a version that does not rise and a signature that does not fit are refused', async () => {
  const field = { name: 'InvalidField', details: { field: 'list' } };
  expect(
    (await put(ben, { replaces: 0, version: 1, accountId: ada.session.accountId })).refusal,
  ).toMatchObject(field);
  expect((await put(ben, { replaces: 4, version: 4 })).refusal).toMatchObject(field);
  const forged = { ...listOf(ben, { replaces: 0, version: 1 }), signature: toBase64url(new Uint8Array(64)) };
  expect((await callWithPin(ben, 'putDeviceList', forged)).refusal).toMatchObject(field);
  expect(await read(ben, [ben])).toEqual([]);
});

test('a device that is not logged in, has not shown the PIN or is of another account is not listed', async () => {
  const eve = await personWithPin(api, 'Eve');
  const locked = await loginByWords(api, eve.login);
  for (const deviceId of [
    '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
    locked.session.sessionId,
    ada.session.sessionId,
  ]) {
    const refused = await put(eve, { replaces: 0, version: 1, deviceIds: [deviceId] });
    expect(refused.refusal).toMatchObject({ name: 'InvalidField', details: { field: 'list' } });
  }
  expect((await put(eve, { replaces: 0, version: 1, deviceIds: [] })).status).toBe(204);
});

test('the list of somebody the caller shares no conversation with is not shown', async () => {
  const fay = await personWithPin(api, 'Fay');
  await put(fay, { replaces: 0, version: 1 });
  expect((await read(ben, [fay, ben])).map(({ accountId }) => accountId)).not.toContain(
    fay.session.accountId,
  );
});

test('the lists of people in a shared group are shown, until the reader has left it', async () => {
  const [gil, hal] = [await personWithPin(api, 'Gil'), await personWithPin(api, 'Hal')];
  await put(hal, { replaces: 0, version: 1 });
  const groupId = '7b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
  await api.database.db
    .insertInto('groups')
    .values({
      id: groupId,
      kind: 'group',
      low_account_id: null,
      high_account_id: null,
      created_by_device_id: hal.session.sessionId,
      epoch: 1,
      group_info: new Uint8Array(1),
      position: 1,
      last_sent_at_ms: 0,
    })
    .execute();
  const join = (who: PersonWithPin) =>
    api.database.db
      .insertInto('group_members')
      .values({ group_id: groupId, account_id: who.session.accountId, role: 'member', state: 'in' })
      .execute();
  await join(hal);
  expect(await read(gil, [hal])).toEqual([]);
  await join(gil);
  expect(await read(gil, [hal])).toHaveLength(1);
  await api.database.db
    .updateTable('group_members')
    .set({ state: 'left' })
    .where('account_id', '=', gil.session.accountId)
    .execute();
  expect(await read(gil, [hal])).toEqual([]);
});

test('key packages stay as long as the list goes back to the key they were certified by, and no longer', async () => {
  const dan = await personWithPin(api, 'Dan');
  const device = await chatDevice(api, dan);
  const left = async () => ((await device.publish(0)).body as { left: number }).left;
  await device.publish(3);
  const published = await left();
  expect(published).toBeGreaterThanOrEqual(3);
  await put(dan, { replaces: 0, version: 1 });
  await put(dan, { replaces: 1, version: 2 });
  const before = aikOf(dan);
  keys.delete(dan);
  const handovers = [signAikHandover(dan.session.accountId, before, aikOf(dan).publicKey)];
  expect((await put(dan, { replaces: 2, version: 3, handovers })).status).toBe(204);
  expect(await left()).toBe(published);
  // Somebody else's stay, whatever Dan does.
  const other = await chatDevice(api, ada);
  await other.publish(2);
  keys.delete(dan);
  expect((await put(dan, { replaces: 3, version: 4 })).status).toBe(204);
  expect(await left()).toBe(0);
  expect(((await other.publish(0)).body as { left: number }).left).toBeGreaterThanOrEqual(2);
});
