import { type RecoveryKitView, type RouteName, routes, type SessionView } from '@hexkey/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  befriend,
  callWithPin,
  description,
  type PersonWithPin,
  personWithPin,
  phoneCode,
  secondDevice,
  wordsLogin,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';
import { type HpkePair, publishKey, readMessages } from '../testing/test-socket.ts';

const minute = 60_000;
let api: TestApi;
let owner: PersonWithPin;
let other: PersonWithPin;
/** The key of the login; it has no session before. */
let device: TestDevice;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  api.clock.advance(24 * 60 * minute);
  owner = await personWithPin(api, 'Ada');
  other = await secondDevice(api, owner);
  await publishKey(other);
  device = testDevice(api);
});
afterAll(() => api.close());

const as = (person: PersonWithPin) => ({ sessionId: person.session.sessionId });
const kit = async (person = owner) =>
  (await person.device.call('getRecoveryKit', { as: as(person) })).body as RecoveryKitView;
const start = (method: string, person = owner) =>
  callWithPin(person, 'startDrill', { method, deviceKey: device.publicKey });
const end = (worked: boolean, person = owner, contactLoginId: string | null = null) =>
  person.device.call('endDrill', { as: as(person), body: { worked, contactLoginId } });
const logIn = async (by = device) =>
  (await by.call('loginWithWords', { body: await wordsLogin(by, owner.login, 'login') })).body as SessionView;
const devicesOf = async () =>
  ((await owner.device.call('listDevices', { as: as(owner) })).body as { devices: { sessionId: string }[] })
    .devices;
const isAlive = async (session: SessionView, by = device) =>
  (await by.call('getSession', { as: { sessionId: session.sessionId } })).status === 200;
/** The code that Team Hexkey sent to somebody. */
async function codeTo(person: PersonWithPin, key: HpkePair): Promise<string> {
  const messages = await readMessages(api, person, key, 1);
  const codes = messages.flatMap((told) => (told.kind === 'recoveryCode' ? [told.parameters.code] : []));
  return codes.at(-1) ?? 'no code was sent';
}
/** How many rows of an account each table has that a login could leave something in. */
async function rowsOf(accountId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [
    'sessions',
    'contact_logins',
    'team_queue',
    'device_lists',
    'group_leaves',
    'key_packages',
  ]) {
    const byAccount =
      table === 'team_queue'
        ? sql`session_id in (select id from sessions where account_id = ${accountId})`
        : sql`account_id = ${accountId}`;
    const { rows } = await sql<{ count: string }>`
      select count(*) as count from ${sql.table(table)} where ${byAccount}`.execute(api.database.db);
    counts[table] = Number(rows[0]?.count);
  }
  return counts;
}

test('a login that was announced is no device, tells nobody, and leaves a date and nothing else', async () => {
  const before = {
    rows: await rowsOf(owner.session.accountId),
    devices: await devicesOf(),
    kit: await kit(),
  };
  expect((await start('words')).body).toEqual({ expiresAtMs: api.clock.now() + 15 * minute });
  const session = await logIn();
  expect(session).toMatchObject({ accountId: owner.session.accountId, state: 'locked' });
  expect(await isAlive(session)).toBe(true);
  expect(await devicesOf()).toEqual(before.devices);
  expect((await kit()).fullDevices).toBe(2);
  expect(await api.waitingFor(other.session.sessionId)).toBe(0);
  expect((await end(true)).status).toBe(204);
  expect(await isAlive(session)).toBe(false);
  expect(await rowsOf(owner.session.accountId)).toEqual(before.rows);
  const nowMs = api.clock.now();
  expect(await kit()).toEqual({ ...before.kit, words: { ...before.kit.words, lastWorkedAtMs: nowMs } });
  // A lost answer: the same again.
  expect((await end(true)).status).toBe(204);
});

test('the session of a drill sees that it is there, and reaches nothing else, not even a challenge for the PIN', async () => {
  await start('words');
  const session = await logIn();
  const drilled = { ...owner, device, session };
  for (const name of Object.keys(routes) as RouteName[]) {
    if (routes[name].access === 'public' || name === 'getSession') continue;
    const body = routes[name].body === undefined ? {} : { body: {} };
    const answer = await device.call(name, { as: as(drilled), ...body });
    expect(answer.refusal, name).toMatchObject({ name: 'Forbidden', details: { reason: 'session-locked' } });
  }
  expect(await isAlive(session)).toBe(true);
});

test('a login by another key, by another method or after the quarter of an hour is one like any other, and is told', async () => {
  await start('words');
  const stranger = testDevice(api);
  const real = await logIn(stranger);
  expect(await api.waitingFor(other.session.sessionId)).toBe(1);
  expect((await devicesOf()).map(({ sessionId }) => sessionId)).toContain(real.sessionId);
  expect((await end(true)).refusal).toMatchObject({ name: 'DrillEnded', code: 20230 });

  await start('words');
  api.clock.advance(15 * minute);
  const late = await logIn();
  expect(await api.waitingFor(other.session.sessionId)).toBe(2);
  expect((await devicesOf()).map(({ sessionId }) => sessionId)).toContain(late.sessionId);
  expect((await end(true)).refusal?.name).toBe('DrillEnded');
  expect((await kit()).words.lastWorkedAtMs).toBeNull();
});

test('a drill that nobody ends is over after a quarter of an hour', async () => {
  await start('words');
  const session = await logIn();
  api.clock.advance(15 * minute - 1);
  expect(await isAlive(session)).toBe(true);
  api.clock.advance(1);
  expect(await isAlive(session)).toBe(false);
  expect((await end(true)).refusal?.name).toBe('DrillEnded');
  expect((await kit()).words.lastWorkedAtMs).toBeNull();
});

test('given up, it leaves nothing and dates nothing; another device neither ends it nor learns of it', async () => {
  const before = await rowsOf(owner.session.accountId);
  await start('words');
  const session = await logIn();
  expect((await end(true, other)).refusal?.name).toBe('DrillEnded');
  expect((await end(false, other)).status).toBe(204);
  expect(await isAlive(session)).toBe(true);
  expect((await end(false)).status).toBe(204);
  expect(await isAlive(session)).toBe(false);
  expect(await rowsOf(owner.session.accountId)).toEqual(before);
  expect((await kit()).words.lastWorkedAtMs).toBeNull();
  expect((await end(true)).refusal?.name).toBe('DrillEnded');
});

test('a second drill takes the place of the first, with its session', async () => {
  await start('words');
  const first = await logIn();
  const firstDevice = device;
  device = testDevice(api);
  await start('words', other);
  expect(await isAlive(first, firstDevice)).toBe(false);
  expect((await end(true)).refusal?.name).toBe('DrillEnded');
  await logIn();
  expect((await end(true, other)).status).toBe(204);
});

test('the code of the SMS is the real one: a wrong one is counted, and the method of the drill is the only one', async () => {
  const phone = '+4915112347001';
  const caller = await personWithPin(api, 'Ben', phone);
  const verifiedAtMs = (await kit(caller)).phone.verifiedAtMs;
  api.clock.advance(2 * minute);
  await start('phone', caller);
  const { verificationId, code } = await phoneCode(api, device, phone, 'login');
  const enter = (digits: string) =>
    device.call('loginWithPhone', {
      body: { verificationId, code: digits, deviceKey: device.publicKey, device: description },
    });
  const wrong = await enter(code === '0000' ? '0001' : '0000');
  expect(wrong.refusal).toMatchObject({ name: 'WrongCode', details: { triesLeft: 2 } });
  const session = (await enter(code)).body as SessionView;
  // A lost answer: the same code, the same session.
  expect((await enter(code)).body).toEqual(session);
  await end(true, caller);
  expect(await isAlive(session)).toBe(false);
  const after = (await kit(caller)).phone;
  expect(after).toMatchObject({ lastWorkedAtMs: api.clock.now(), verifiedAtMs });
  expect((await enter(code)).refusal?.name).toBe('ExpiredCode');
});

test('a drill through the contact takes its login away, so that no device asks whether to refuse it', async () => {
  const phone = '+4915112347002';
  const caller = await personWithPin(api, 'Cleo', phone);
  const contact = await personWithPin(api, 'Dan');
  const contactsKey: HpkePair = await publishKey(contact);
  await publishKey(caller);
  const hexkeyId = await api.hexkeyIdOf(contact.session.accountId);
  await befriend(api, caller, contact);
  const { verificationId: setId } = (await callWithPin(caller, 'requestRecoveryContactCode', { hexkeyId }))
    .body as { verificationId: string };
  const setCode = await codeTo(contact, contactsKey);
  await callWithPin(caller, 'setRecoveryContact', { verificationId: setId, code: setCode });
  api.clock.advance(5 * minute);
  const before = await rowsOf(caller.session.accountId);

  await start('contact', caller);
  const { verificationId } = await phoneCode(api, device, phone, 'login');
  api.clock.advance(minute);
  const { contactLoginId } = (await device.call('offerContactLogin', { body: { verificationId } })).body as {
    contactLoginId: string;
  };
  await device.call('requestContactLoginCode', { body: { contactLoginId, hexkeyId, locale: 'en' } });
  expect((await kit(caller)).pendingContactLogin).toMatchObject({ contactLoginId });
  const code = await codeTo(contact, contactsKey);
  const answer = await device.call('loginWithContact', {
    body: { contactLoginId, code, deviceKey: device.publicKey, device: description },
  });
  const session = answer.body as SessionView;
  expect(session.accountId).toBe(caller.session.accountId);
  expect((await end(true, caller, contactLoginId)).status).toBe(204);
  expect(await isAlive(session)).toBe(false);
  expect((await kit(caller)).pendingContactLogin).toBeNull();
  const { team_queue: told, ...rows } = await rowsOf(caller.session.accountId);
  const { team_queue: toldBefore, ...rowsBefore } = before;
  expect(rows).toEqual(rowsBefore);
  // The alarm is real, and stays.
  expect(told).toBe((toldBefore ?? 0) + 1);
  expect((await kit(caller)).contact.lastWorkedAtMs).toBe(api.clock.now());
});

test('what cannot get anybody in is refused before a code is waited for', async () => {
  expect((await start('phone')).refusal?.name).toBe('PhoneNeeded');
  expect((await start('contact')).refusal?.name).toBe('PhoneNeeded');
  const caller = await personWithPin(api, 'Eve', '+4915112347003');
  expect((await start('contact', caller)).refusal?.name).toBe('NoRecoveryContact');
});

test('both ends of a drill that worked are in the log; a login in between is not one', async () => {
  api.clock.advance(minute);
  await start('words');
  await logIn();
  api.clock.advance(minute);
  await end(true);
  const { entries } = (await owner.device.call('listLogs', { as: as(owner) })).body as {
    entries: { operation: string }[];
  };
  expect(entries.slice(0, 2).map(({ operation }) => operation)).toEqual(['endDrill', 'startDrill']);
});
