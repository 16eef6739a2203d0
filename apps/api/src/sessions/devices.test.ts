import type { DeviceView } from '@hexkey/contract';
import { deviceKeyThumbprint, type KeyPair } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loginByWords, type Person, registerByWords, setPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let owner: Person;
let pin: KeyPair;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  owner = await registerByWords(api);
  pin = await setPin(api, owner);
});

const as = ({ session }: Person) => ({ sessionId: session.sessionId });
const devicesOf = async (person: Person, headers: Record<string, string> = {}) =>
  (await person.device.call('listDevices', { as: as(person), headers })).body as { devices: DeviceView[] };
const isLoggedIn = async (person: Person) =>
  (await person.device.call('getSession', { as: as(person) })).status === 200;

async function end(caller: Person, sessionId: string) {
  const body = { sessionId };
  const pinAuth = await caller.device.provePin('endDevice', caller.session, pin, {
    body: JSON.stringify(body),
  });
  return caller.device.call('endDevice', { as: as(caller), body, pinAuth });
}

test('the list names every device of the account and no other, this one first', async () => {
  await registerByWords(api);
  const second = await loginByWords(api, owner.login);
  const { devices } = await devicesOf(owner);
  expect(devices).toEqual([
    {
      sessionId: owner.session.sessionId,
      name: 'Test browser',
      platform: 'web',
      state: 'full',
      place: '127.0.0.1',
      lastSeenAtMs: api.clock.now(),
      createdAtMs: api.clock.now(),
      isThisOne: true,
      deviceKeyThumbprint: deviceKeyThumbprint(owner.device.pair.publicKey),
    },
    expect.objectContaining({ sessionId: second.session.sessionId, state: 'locked', isThisOne: false }),
  ]);
});

test('last seen is kept to the minute, and at once when the device has moved', async () => {
  const loggedInAtMs = api.clock.now();
  api.clock.advance(59_999);
  await devicesOf(owner);
  expect((await devicesOf(owner)).devices[0]?.lastSeenAtMs).toBe(loggedInAtMs);
  const moved = { 'x-forwarded-for': '203.0.113.7' };
  await devicesOf(owner, moved);
  expect((await devicesOf(owner, moved)).devices[0]).toMatchObject({
    place: '203.0.113.7',
    lastSeenAtMs: api.clock.now(),
  });
  api.clock.advance(60_000);
  await devicesOf(owner, moved);
  expect((await devicesOf(owner, moved)).devices[0]?.lastSeenAtMs).toBe(api.clock.now());
});

test('a login that has run out is not in the list', async () => {
  const second = await loginByWords(api, owner.login);
  api.clock.advance((second.session.endsAtMs ?? 0) - api.clock.now());
  expect((await devicesOf(owner)).devices.map(({ sessionId }) => sessionId)).toEqual([
    owner.session.sessionId,
  ]);
});

test('an ended device is out at once, and the log says who ended it', async () => {
  const second = await loginByWords(api, owner.login);
  api.clock.advance(1);
  expect((await end(owner, second.session.sessionId)).status).toBe(204);
  expect(await isLoggedIn(second)).toBe(false);
  expect(await isLoggedIn(owner)).toBe(true);
  const logs = await owner.device.call('listLogs', { as: as(owner), query: 'limit=1' });
  expect(logs.body).toMatchObject({ entries: [{ operation: 'endDevice', outcome: 'success' }] });
});

test('the own session is refused: that one logs out', async () => {
  expect((await end(owner, owner.session.sessionId)).refusal).toMatchObject({
    name: 'ThisDevice',
    code: 20155,
  });
  expect(await isLoggedIn(owner)).toBe(true);
});

test('a session of somebody else is not found, and stays', async () => {
  const stranger = await registerByWords(api);
  const answer = await end(owner, stranger.session.sessionId);
  expect(answer).toMatchObject({ status: 404, refusal: { name: 'NotFound', details: { what: 'device' } } });
  expect(await isLoggedIn(stranger)).toBe(true);
  expect((await end(owner, '00000000-0000-4000-8000-000000000000')).status).toBe(404);
});

test('ending the others leaves the caller and other accounts', async () => {
  const stranger = await registerByWords(api);
  const others = [await loginByWords(api, owner.login), await loginByWords(api, owner.login)];
  const pinAuth = await owner.device.provePin('endOtherDevices', owner.session, pin);
  expect((await owner.device.call('endOtherDevices', { as: as(owner), pinAuth })).status).toBe(204);
  expect(await Promise.all([...others, owner, stranger].map(isLoggedIn))).toEqual([false, false, true, true]);
});
