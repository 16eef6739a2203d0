import { toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loginByWords, type Person, registerByPhone, registerByWords, setPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let owner: Person;
beforeAll(async () => {
  api = await startTestApi();
  owner = await registerByWords(api);
});
afterAll(() => api.close());

const day = 24 * 60 * 60_000;
const as = (person: Person) => ({ sessionId: person.session.sessionId });
const seconds = () => Math.floor(api.clock.now() / 1000);

test('five minutes of skew either way pass, more is refused with the time of the server', async () => {
  for (const [offset, refusal] of [
    [300, null],
    [-300, null],
    [301, 'ClockSkewed'],
    [-301, 'ClockSkewed'],
  ] as const) {
    const answer = await owner.device.call('getSession', {
      as: { ...as(owner), createdS: seconds() + offset },
    });
    expect(answer.refusal?.name ?? null).toBe(refusal);
    if (refusal !== null) expect(answer.refusal?.details).toEqual({ serverTimeMs: api.clock.now() });
  }
});

test('a request that changes state serves once; a read may be repeated', async () => {
  const nonce = toBase64url(api.random(16));
  const repeated = { as: { ...as(owner), nonce } };
  expect((await owner.device.call('createPinChallenge', repeated)).status).toBe(200);
  expect((await owner.device.call('createPinChallenge', repeated)).refusal?.name).toBe('SessionEnded');
  expect((await owner.device.call('getSession', repeated)).status).toBe(200);
  expect((await owner.device.call('getSession', repeated)).status).toBe(200);
});

test('a body that is not the one signed is refused', async () => {
  const answer = await owner.device.call('reportAttempt', {
    as: as(owner),
    body: { operation: 'unlock', outcome: 'wrong-pin' },
    headers: { 'content-digest': 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:' },
  });
  expect(answer.refusal?.name).toBe('SessionEnded');
});

test('a query that was not signed is refused', async () => {
  const url = `${api.url}/api/v1/session/attempts`;
  const headers: Record<string, string> = {};
  const seen = globalThis.fetch;
  globalThis.fetch = async (_, init) => {
    Object.assign(headers, init?.headers);
    return new Response('null');
  };
  await owner.device.call('listOwnAttempts', { as: as(owner), query: 'limit=1' });
  globalThis.fetch = seen;
  expect((await fetch(`${url}?limit=1`, { headers })).status).toBe(200);
  expect((await fetch(`${url}?limit=2`, { headers })).status).toBe(401);
  expect((await fetch(url, { headers })).status).toBe(401);
});

test.each([
  ['web/0.0.9', 'UpdateRequired'],
  ['web/0.1.0', null],
  ['cli/10.0.0', null],
  ['web', 'InvalidField'],
  ['web/1.0', 'InvalidField'],
])('client %s: %s', async (client, refusal) => {
  const answer = await owner.device.call('getSession', {
    as: as(owner),
    headers: { 'hexkey-client': client },
  });
  expect(answer.refusal?.name ?? null).toBe(refusal);
  if (refusal === 'UpdateRequired')
    expect(answer).toMatchObject({ status: 426, refusal: { details: { minimumVersion: '0.1.0' } } });
});

test('a locked session ends 8 days after its login; a full one does not', async () => {
  await setPin(api, owner);
  const second = await loginByWords(api, owner.login);
  expect(second.session.endsAtMs).toBe(api.clock.now() + 8 * day);
  api.clock.advance(8 * day - 1);
  expect((await second.device.call('getSession', { as: as(second) })).status).toBe(200);
  api.clock.advance(1);
  expect((await second.device.call('getSession', { as: as(second) })).refusal?.name).toBe('SessionEnded');
  expect((await owner.device.call('getSession', { as: as(owner) })).body).toMatchObject({ state: 'full' });
});

test('switching account drops the session at once and is in the log', async () => {
  const second = await loginByWords(api, owner.login);
  api.clock.advance(1);
  expect((await second.device.call('switchAccount', { as: as(second) })).status).toBe(204);
  expect((await second.device.call('getSession', { as: as(second) })).refusal?.name).toBe('SessionEnded');
  const logs = (await owner.device.call('listLogs', { as: as(owner) })).body as {
    entries: { operation: string; device: string; place: string }[];
  };
  expect(logs.entries[0]).toMatchObject({
    operation: 'switchAccount',
    device: 'Test browser',
    place: '127.0.0.1',
  });
});

test('log out needs a recovery method: a phone account may, a words account may not yet', async () => {
  owner = await registerByWords(api);
  const pinAuth = await setPin(api, owner);
  const proof = await owner.device.provePin('logOut', owner.session, pinAuth);
  const answer = await owner.device.call('logOut', { as: as(owner), pinAuth: proof });
  expect(answer).toMatchObject({ status: 409, refusal: { name: 'NoRecoveryMethod' } });
  expect((await owner.device.call('getSession', { as: as(owner) })).status).toBe(200);

  const caller = await registerByPhone(api, '+4915112345678');
  const callersPin = await setPin(api, caller);
  const pin = await caller.device.provePin('logOut', caller.session, callersPin);
  expect((await caller.device.call('logOut', { as: as(caller), pinAuth: pin })).status).toBe(204);
  expect((await caller.device.call('getSession', { as: as(caller) })).refusal?.name).toBe('SessionEnded');
});

test('the place in the log is what the front door saw, and only a front door on this machine is believed', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  api.clock.advance(1); // the newest entry is its own
  await owner.device.call('reportAttempt', {
    as: as(owner),
    headers,
    body: { operation: 'unlock', outcome: 'locked' },
  });
  const own = (await owner.device.call('listOwnAttempts', { as: as(owner), query: 'limit=1' })).body as {
    entries: object[];
    more: boolean;
  };
  expect(own).toMatchObject({ entries: [{ place: '203.0.113.7', outcome: 'locked' }], more: true });
});

test('reported attempts are limited', async () => {
  const report = () =>
    owner.device.call('reportAttempt', {
      as: as(owner),
      body: { operation: 'unlock', outcome: 'wrong-pin' },
    });
  let answer = await report();
  for (let count = 0; count < 60 && answer.status === 204; count += 1) answer = await report();
  expect(answer).toMatchObject({ status: 429, refusal: { name: 'TooMany' } });
});
