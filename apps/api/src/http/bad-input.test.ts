import { connect } from 'node:net';
import { type Route, type RouteName, routes } from '@hexkey/contract';
import { type KeyPair, toBase64url } from '@hexkey/protocol';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { loginByWords, type Person, preparation, registerByWords, setPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';

let api: TestApi;
let owner: Person;
let ownersPin: KeyPair;
beforeAll(async () => {
  api = await startTestApi();
  owner = await registerByWords(api);
  ownersPin = await setPin(api, owner);
});
beforeEach(async () => {
  api.clock.advance(2 * 3_600_000); // no limit reaches from one test into the next
  // Device and PIN are noted as seen now, so that no refused call below has to.
  await owner.device.call('viewRecoveryContact', { as: as(), ...(await proofOf('viewRecoveryContact', '')) });
});
afterAll(() => api.close());

/** The continuous integration tries all of them, a person's run some, others each time: fast-check says the seed of what failed. */
const isFull = process.env.HEXKEY_PROOF === 'full';

const anyId = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
const anyCommit = { clientMessageId: anyId, commit: 'AAAA', welcome: null, groupInfo: 'AAAA' };
const names = Object.keys(routes) as RouteName[];
const withBody = names.filter((name) => 'body' in routes[name]);
const as = () => ({ sessionId: owner.session.sessionId });
const ajv = new Ajv({ strict: true });
const fits = (name: RouteName, body: unknown) => ajv.validate((routes[name] as Route).body as object, body);

/** Everything an account is. Limits, spent nonces and challenges may change: that is their work. */
async function state(): Promise<string> {
  const { db } = api.database;
  const rows = await Promise.all([
    db.selectFrom('accounts').selectAll().orderBy('id').execute(),
    db.selectFrom('sessions').selectAll().orderBy('id').execute(),
    db.selectFrom('phone_verifications').selectAll().orderBy('id').execute(),
    db.selectFrom('log_entries').selectAll().orderBy('id').execute(),
    db.selectFrom('prepared_secrets').selectAll().orderBy('account_id').execute(),
    db.selectFrom('log_heads').selectAll().orderBy('account_id').execute(),
    db.selectFrom('avatars').selectAll().orderBy('account_id').execute(),
    db.selectFrom('device_keys').selectAll().orderBy('session_id').execute(),
    db.selectFrom('team_queue').selectAll().orderBy('id').execute(),
    db.selectFrom('push_subscriptions').selectAll().orderBy('session_id').execute(),
    db.selectFrom('recovery_contacts').selectAll().orderBy('owner_id').execute(),
    db.selectFrom('drills').selectAll().orderBy('method').execute(),
    db.selectFrom('reminders').selectAll().orderBy('reminder').execute(),
    db.selectFrom('key_packages').selectAll().orderBy('id').execute(),
    db.selectFrom('groups').selectAll().orderBy('id').execute(),
    db.selectFrom('group_members').selectAll().orderBy('group_id').execute(),
    db.selectFrom('envelopes').selectAll().orderBy('id').execute(),
    db.selectFrom('join_requests').selectAll().orderBy('group_id').execute(),
    db.selectFrom('wallets').selectAll().orderBy('account_id').execute(),
    db.selectFrom('pay_keys').selectAll().orderBy('session_id').execute(),
    db.selectFrom('transfers').selectAll().orderBy('intent_id').execute(),
    db.selectFrom('support_tickets').selectAll().orderBy('id').execute(),
    db.selectFrom('support_messages').selectAll().orderBy('id').execute(),
    db.selectFrom('legacy_accounts').selectAll().orderBy('account_id').execute(),
    db.selectFrom('support_logs').selectAll().orderBy('ticket_id').execute(),
  ]);
  return JSON.stringify(rows);
}

/** The PIN is looked at before the body: without it nobody would see what happens to a bad one. */
async function proofOf(name: RouteName, body: string): Promise<{ readonly pinAuth?: string }> {
  if (!('pinAuth' in routes[name])) return {};
  return { pinAuth: await owner.device.provePin(name, owner.session, ownersPin, { body }) };
}

/** A body close to a good one: some member gone, added, or of another kind. */
const mutated = (good: Record<string, unknown>) =>
  fc
    .tuple(fc.constantFrom(...Object.keys(good), 'extra', '__proto__'), fc.jsonValue(), fc.boolean())
    .map(([key, value, drop]) => {
      const entries = Object.entries(good).filter(([name]) => name !== key);
      return drop ? Object.fromEntries(entries) : Object.fromEntries([...entries, [key, value]]);
    });
const goodBodies = (): Partial<Record<RouteName, Record<string, unknown>>> => ({
  updateProfile: { name: 'Ada' },
  preparePin: preparation(owner, owner.login),
  changePin: { kind: 'change' },
  prepareNewSecret: { pinAuthKey: toBase64url(owner.login.publicKey), sealedEntropy: null, wallet: null },
  reportAttempt: { operation: 'unlock', outcome: 'wrong-pin' },
  putLogHeads: { replaces: 0, revision: 1, sealed: 'c2VhbGVk' },
  requestPhoneCode: { phone: '+4915112345678', purpose: 'login', locale: 'en' },
  claimKeyPackages: { hexkeyId: '100000000' },
  publishKeyPackages: { keyPackages: ['AAAA'], lastResort: null },
  createGroup: { groupId: anyId, kind: 'group', peerAccountId: null, ...anyCommit },
  commitToGroup: { groupId: anyId, epoch: 1, ...anyCommit },
  setWalletLimits: { lamports: '1', tokens: [], otherTokens: '1' },
  createTransfer: { intentId: anyId, message: 'AAAA', recipientHexkeyId: null },
});

test.each(withBody)('%s: random and mutated JSON is refused and changes nothing', async (name) => {
  const before = await state();
  const signed = routes[name].access === 'public' ? {} : { as: as() };
  const good = goodBodies()[name];
  const bodies = fc.oneof(fc.jsonValue(), ...(good === undefined ? [] : [mutated(good)]));
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      fc.pre(!fits(name, JSON.parse(JSON.stringify(body))));
      const proof = await proofOf(name, JSON.stringify(body));
      const answer = await owner.device.call(name, { ...signed, ...proof, body });
      expect(answer.status).toBe(400);
      expect(answer.refusal?.name).toBe('InvalidField');
    }),
    { numRuns: isFull ? 20 : 10 },
  );
  expect(await state()).toBe(before);
});

test('random bytes as body, header or query never end in a 5xx and change nothing', async () => {
  const before = await state();
  const header = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((point) => String.fromCodePoint(point)),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names.filter((name) => name !== 'switchAccount')),
      fc.uint8Array({ maxLength: 200 }),
      fc.record({
        'signature-input': header,
        signature: header,
        'content-digest': header,
        'hexkey-pin-auth': header,
      }),
      fc.webQueryParameters(),
      async (name, body, headers, query) => {
        const route: Route = routes[name];
        const answer = await fetch(`${api.url}${route.path}?${query}`, {
          method: route.method,
          headers: { ...headers, 'hexkey-client': 'web/0.1.0', 'content-type': 'application/json' },
          ...(route.method === 'GET' ? {} : { body }),
        });
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400)
          expect(answer.headers.get('content-type')).toContain('application/problem+json');
        await answer.arrayBuffer();
      },
    ),
    { numRuns: isFull ? 150 : 50 },
  );
  expect(await state()).toBe(before);
});

test('values that fit the schema but mean nothing are refused', async () => {
  const strange = await testDevice(api).call('createLoginChallenge', {
    body: { loginKey: `${'_'.repeat(42)}9`, purpose: 'login' }, // loose trailing bits
  });
  expect(strange.refusal).toMatchObject({ name: 'InvalidField', details: { field: 'loginKey' } });
});

test('a query is read by its schema: numbers as text, nothing unknown, nothing twice', async () => {
  const list = (query: string) => owner.device.call('listLogs', { as: as(), query });
  expect((await list('limit=1')).body).toMatchObject({ more: true });
  for (const query of ['limit=0', 'limit=101', 'limit=1&limit=2', 'limit=x', 'before=x', 'page=1'])
    expect((await list(query)).refusal?.name).toBe('InvalidField');
});

test('an oversize body, another media type, broken JSON and a body where none belongs are refused', async () => {
  const post = (path: string, body: string, type = 'application/json') =>
    fetch(`${api.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': type, 'hexkey-client': 'web/0.1.0' },
      body,
    });
  const path = routes.requestPhoneCode.path;
  for (const answer of [
    await post(path, `"${'a'.repeat(9000)}"`),
    await post(path, '{}', 'text/plain'),
    await post(path, '{'),
    await post(path, '{"__proto__":{"phone":"+4915112345678"}}'),
    await post(path, ''),
  ]) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 10002, name: 'InvalidField' });
  }
  const unlocked = await loginByWords(api, owner.login);
  const withBody = await unlocked.device.call('createPinChallenge', {
    as: { sessionId: unlocked.session.sessionId },
    body: {},
  });
  expect(withBody.refusal).toMatchObject({ details: { field: 'body' } });
});

test.each(['-'.repeat(36), 'a'.repeat(36)])(
  'a session id that is no UUID (%s) is nobody: 401',
  async (sessionId) => {
    const answer = await owner.device.call('getSession', { as: { sessionId } });
    expect(answer).toMatchObject({ status: 401, refusal: { name: 'SessionEnded' } });
  },
);

test.each(['\u0000', 'Ada\u0000', '\u007f'])('a name of control characters is refused', async (name) => {
  const answer = await owner.device.call('updateProfile', { as: as(), body: { name } });
  expect(answer).toMatchObject({ status: 400, refusal: { details: { field: 'name' } } });
});

test('what is not a route, or no well-formed address, is a problem document too', async () => {
  for (const path of ['/api/v1/nothing', '/', '/api/v1/%zz', '/api/v1/session/']) {
    const answer = await fetch(api.url + path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  }
});

test('a fault of the server is an opaque 500 whose log line quotes no value', async () => {
  const { db } = api.database;
  await sql`alter table accounts rename to away`.execute(db);
  const answer = await owner.device.call('getSession', { as: as() });
  await sql`alter table away rename to accounts`.execute(db);
  expect(answer).toMatchObject({ status: 500, refusal: { name: 'Internal', details: {} } });
  const line = api.logged.find((text) => text.includes('unexpected error')) ?? '';
  expect(line).not.toContain(owner.session.accountId);
  expect(line).not.toContain('relation');
  expect(JSON.parse(line).frames.length).toBeGreaterThan(0);
});

test('a request log line names the route and nothing of the request', async () => {
  const logged = api.logged.length;
  await owner.device.call('listLogs', { as: as(), query: 'limit=77' });
  const text = await vi.waitFor(
    () => {
      const found = api.logged.slice(logged).find((line) => line.includes('"/api/v1/logs"'));
      expect(found).toBeDefined();
      return found ?? '';
    },
    { timeout: 30_000 },
  );
  const line = JSON.parse(text);
  expect(line).toMatchObject({ msg: 'request', method: 'GET', route: '/api/v1/logs', status: 200 });
  expect(text).not.toContain('limit');
  expect(Object.keys(line).sort()).toEqual([
    'hostname',
    'level',
    'method',
    'ms',
    'msg',
    'pid',
    'route',
    'status',
    'time',
  ]);
});

test('while one caller sends half a request, others are served', async () => {
  const { port } = new URL(api.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('POST /api/v1/phone-codes HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  expect((await owner.device.call('health')).status).toBe(200);
  socket.destroy();
});

test('the OpenAPI document names every route of the contract', async () => {
  const document = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(operations.sort()).toEqual([...names].sort());
});
