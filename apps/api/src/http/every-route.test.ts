import { type RouteName, routes } from '@hexkey/contract';
import { fromBase64url, type KeyPair, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loginByWords, type Person, preparation, registerByWords, setPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';

// A modified client calls every route of the contract; a new route cannot escape these tests.
const names = Object.keys(routes) as RouteName[];
const signedNames = names.filter((name) => routes[name].access !== 'public');
const fullNames = names.filter((name) => routes[name].access === 'full');
const pinAuthNames = names.filter((name) => 'pinAuth' in routes[name]);

let api: TestApi;
let owner: Person;
let ownersPin: KeyPair;
let locked: Person;
let stranger: Person;
let strangersPin: KeyPair;

beforeAll(async () => {
  api = await startTestApi();
  owner = await registerByWords(api);
  ownersPin = await setPin(api, owner);
  locked = await loginByWords(api, owner.login);
  stranger = await registerByWords(api);
  strangersPin = await setPin(api, stranger);
});
afterAll(() => api.close());

const as = (person: Person) => ({ sessionId: person.session.sessionId });
/** A body that fits the schema, so that only the gate can refuse. */
const bodyOf = (name: RouteName, person: Person): unknown =>
  ({
    updateProfile: { name: 'Ada' },
    preparePin: preparation(person, ownersPin),
    reportAttempt: { operation: 'unlock', outcome: 'wrong-pin' },
  })[name as string];
const forbidden = (reason: string) => ({ name: 'Forbidden', details: { reason } });
const sessionStateOf = async (person: Person) =>
  (await person.device.call('getSession', { as: as(person) })).body as { state: string; pinState: string };

describe.each(signedNames)('%s', (name) => {
  test('refuses a caller without a session', async () => {
    const answer = await owner.device.call(name, { body: bodyOf(name, owner) });
    expect(answer.refusal).toMatchObject({ name: 'SessionEnded' });
  });

  test("refuses another device's signature under a session id", async () => {
    const thief = testDevice(api);
    const answer = await thief.call(name, { as: as(owner), body: bodyOf(name, owner) });
    expect(answer.refusal).toMatchObject({ name: 'SessionEnded' });
  });

  test('refuses a signature made for another route', async () => {
    const other = name === 'getSession' ? 'getAccount' : 'getSession';
    const nonce = toBase64url(api.random(16));
    const headers = await captureHeaders(owner, other, nonce);
    const answer = await owner.device.call(name, { headers, body: bodyOf(name, owner) });
    expect(answer.refusal).toMatchObject({ name: 'SessionEnded' });
  });
});

describe.each(fullNames)('%s', (name) => {
  test('refuses a locked session, even with the right PIN-auth', async () => {
    const pinAuth = await locked.device.provePin(name, locked.session, ownersPin);
    for (const proof of [{}, { pinAuth }]) {
      const answer = await locked.device.call(name, { as: as(locked), body: bodyOf(name, locked), ...proof });
      expect(answer.status).toBe(403);
      expect(answer.refusal).toMatchObject(forbidden('session-locked'));
    }
    expect(await sessionStateOf(locked)).toMatchObject({ state: 'locked' });
  });
});

describe.each(pinAuthNames)('%s', (name) => {
  // unlockSession and activatePin serve locked sessions; the others need a full one.
  const caller = () => (routes[name].access === 'full' ? owner : locked);
  const attempt = (pinAuth?: string) =>
    caller().device.call(name, {
      as: as(caller()),
      body: bodyOf(name, caller()),
      ...(pinAuth === undefined ? {} : { pinAuth }),
    });
  const refused = async (pinAuth?: string) => {
    expect((await attempt(pinAuth)).refusal).toMatchObject(forbidden('pin-auth'));
    expect(await sessionStateOf(locked)).toMatchObject({ state: 'locked' });
  };

  test('refuses a call without PIN-auth, or with one that is malformed', async () => {
    await refused();
    await refused('v1;a;b;c');
  });

  test('refuses PIN-auth under another key', async () => {
    await refused(await caller().device.provePin(name, caller().session, strangersPin));
  });

  test('refuses PIN-auth for another operation, account or body', async () => {
    const { device, session } = caller();
    await refused(await device.provePin(name, session, ownersPin, { operation: 'getSession' }));
    const { accountId } = stranger.session;
    await refused(await device.provePin(name, session, ownersPin, { accountId }));
    await refused(await device.provePin(name, session, ownersPin, { body: '{}' }));
  });

  test("refuses a nonce of another session, even of the owner's own", async () => {
    const elsewhere = caller() === owner ? locked : owner;
    await refused(await elsewhere.device.provePin(name, elsewhere.session, ownersPin));
  });

  test('refuses an expired challenge, and one that claims to live longer', async () => {
    await refused(await caller().device.provePin(name, caller().session, ownersPin, { extraMs: 1 }));
    const late = await caller().device.provePin(name, caller().session, ownersPin);
    api.clock.advance(2 * 60_000);
    await refused(late);
  });

  test('a wrong signature spends the challenge: the right one comes too late', async () => {
    const right = await caller().device.provePin(name, caller().session, ownersPin);
    const [version, nonce, expires] = right.split(';');
    const wrong = toBase64url(new Uint8Array(64));
    await refused([version, nonce, expires, wrong].join(';'));
    await refused(right);
  });
});

test('a PIN-auth that served once is refused the second time', async () => {
  const fresh = await loginByWords(api, owner.login);
  const pinAuth = await fresh.device.provePin('unlockSession', fresh.session, ownersPin);
  expect((await fresh.device.call('unlockSession', { as: as(fresh), pinAuth })).body).toMatchObject({
    state: 'full',
    endsAtMs: null,
  });
  const again = await fresh.device.call('unlockSession', { as: as(fresh), pinAuth });
  expect(again.refusal).toMatchObject(forbidden('pin-auth'));
});

test('a session reads its own account only, whatever the id it names', async () => {
  const account = (await stranger.device.call('getAccount', { as: as(stranger) })).body as {
    accountId: string;
  };
  expect(account.accountId).toBe(stranger.session.accountId);
  const logs = await owner.device.call('listLogs', { as: as(owner) });
  const [entry] = (logs.body as { entries: { id: string }[] }).entries;
  const answer = await stranger.device.call('listLogs', { as: as(stranger), query: `before=${entry?.id}` });
  expect(answer.refusal).toMatchObject({ name: 'InvalidField', details: { field: 'before' } });
});

test('a locked session reads its own attempts and no others of the account', async () => {
  await owner.device.call('reportAttempt', {
    as: as(owner),
    body: { operation: 'viewWords', outcome: 'wrong-pin' },
  });
  const own = await locked.device.call('listOwnAttempts', { as: as(locked), query: 'limit=100' });
  const operations = (own.body as { entries: { operation: string }[] }).entries.map(
    (entry) => entry.operation,
  );
  expect(operations).toContain('loginWithWords');
  expect(operations).not.toContain('viewWords');
  expect(operations).not.toContain('registerWithWords');
});

/** Signature headers as the device makes them for another route. */
async function captureHeaders(
  person: Person,
  name: RouteName,
  nonce: string,
): Promise<Record<string, string>> {
  const { requestSignatureBase, requestSignatureHeaders, signEd25519 } = await import('@hexkey/protocol');
  const request = {
    method: routes[name].method,
    path: routes[name].path,
    query: '',
    body: fromBase64url(''),
    pinAuth: null,
  };
  const parameters = {
    createdS: Math.floor(api.clock.now() / 1000),
    nonce,
    sessionId: person.session.sessionId,
  };
  return requestSignatureHeaders(
    request,
    parameters,
    signEd25519(person.device.pair, requestSignatureBase(request, parameters)),
  );
}
