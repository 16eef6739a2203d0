import type { RecoveryKitView, SessionView, TeamMessage } from '@hexkey/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  befriend,
  callWithPin,
  description,
  type PersonWithPin,
  personWithPin,
  phoneCode,
  secondDevice,
} from '../testing/journeys.ts';
import { standingAlone, withoutClock } from '../testing/standing-alone.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';
import { type HpkePair, publishKey, readMessages } from '../testing/test-socket.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
let api: TestApi;
let phone: string;
let owner: PersonWithPin;
let ownersKey: HpkePair;
let contact: PersonWithPin;
let contactsKey: HpkePair;
let contactsId: string;
/** The device of whoever wants to log in, without any session. */
let device: TestDevice;
let lastNumber = 3000;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  api.clock.advance(3 * day);
  lastNumber += 1;
  phone = `+491511234${lastNumber}`;
  owner = await personWithPin(api, 'Ada', phone);
  contact = await personWithPin(api, 'Ben');
  ownersKey = await publishKey(owner);
  contactsKey = await publishKey(contact);
  contactsId = await api.hexkeyIdOf(contact.session.accountId);
  device = testDevice(api);
  await befriend(api, owner, contact);
  const asked = await callWithPin(owner, 'requestRecoveryContactCode', { hexkeyId: contactsId });
  const { verificationId } = asked.body as { verificationId: string };
  const code = codeIn(await readMessages(api, contact, contactsKey, 1));
  await callWithPin(owner, 'setRecoveryContact', { verificationId, code });
  await readMessages(api, contact, contactsKey, 1);
  await readMessages(api, owner, ownersKey, 1);
});
afterAll(() => api.close());

const as = (person: PersonWithPin) => ({ sessionId: person.session.sessionId });
const codeIn = (messages: TeamMessage[]) =>
  messages.flatMap((message) => (message.kind === 'recoveryCode' ? [message.parameters.code] : [])).at(-1) ??
  '';
const otherThan = (code: string) => (code === '0000' ? '0001' : '0000');
const offer = (verificationId: string) => device.call('offerContactLogin', { body: { verificationId } });
/** Original number, 60 seconds, "Need help?" */
async function offered(number = phone): Promise<string | null> {
  const { verificationId } = await phoneCode(api, device, number, 'login');
  api.clock.advance(minute);
  return ((await offer(verificationId)).body as { contactLoginId: string | null }).contactLoginId;
}
const request = (contactLoginId: string, hexkeyId = contactsId) =>
  device.call('requestContactLoginCode', { body: { contactLoginId, hexkeyId, locale: 'en' } });
const codeOf = async () => codeIn(await readMessages(api, contact, contactsKey, 1));
const enter = (contactLoginId: string, code: string, by = device) =>
  by.call('loginWithContact', {
    body: { contactLoginId, code, deviceKey: by.publicKey, device: description },
  });
const kit = async () =>
  (await owner.device.call('getRecoveryKit', { as: as(owner) })).body as RecoveryKitView;

test('the five steps: number, sixty seconds, the contact’s ID, their code, a locked session that the PIN opens', async () => {
  const id = (await offered()) as string;
  expect((await request(id)).body).toEqual({
    resendAtMs: api.clock.now() + minute,
    expiresAtMs: api.clock.now() + 5 * minute,
  });
  const [message] = await readMessages(api, contact, contactsKey, 1);
  expect(message).toMatchObject({
    kind: 'recoveryCode',
    parameters: { purpose: 'loginWithContact', owner: { name: 'Ada' } },
  });
  const answer = await enter(id, codeIn([message as TeamMessage]));
  const session = answer.body as SessionView;
  expect(session).toMatchObject({ accountId: owner.session.accountId, state: 'locked' });
  const call = { as: { sessionId: session.sessionId } };
  for (const name of ['getAccount', 'listContacts', 'getSealedEntropy', 'getRecoveryKit'] as const)
    expect((await device.call(name, call)).refusal).toMatchObject({ details: { reason: 'session-locked' } });
  await callWithPin({ ...owner, device, session }, 'unlockSession');
  expect((await device.call('getAccount', call)).status).toBe(200);
});

test('sixty seconds by the clock of the server, to the millisecond', async () => {
  const { verificationId } = await phoneCode(api, device, phone, 'login');
  api.clock.advance(minute - 1);
  expect(await offer(verificationId)).toMatchObject({
    status: 429,
    refusal: { details: { retryAfterMs: 1 } },
  });
  api.clock.advance(1);
  expect((await offer(verificationId)).status).toBe(200);
});

test('nothing is offered for a number without account, an account without contact, or a contact who could not help', async () => {
  expect(await offered('+4915112349999')).toBeNull();
  await personWithPin(api, 'Eve', '+4915112348888');
  expect(await offered('+4915112348888')).toBeNull();
  expect(await offered()).toMatch(/^[0-9a-f-]{36}$/);
  const body = { hexkeyId: await api.hexkeyIdOf(owner.session.accountId) };
  await contact.device.call('removeContact', { as: as(contact), body });
  expect(await offered()).toBeNull();
});

test('who asks whether a number has a contact needs a live login code of that number, five times a day', async () => {
  const unknown = await offer('0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e');
  expect(unknown.refusal?.name).toBe('ExpiredCode');
  api.clock.advance(minute);
  const registration = await phoneCode(api, device, phone, 'register');
  api.clock.advance(minute);
  expect((await offer(registration.verificationId)).refusal?.name).toBe('ExpiredCode');
  const { verificationId } = await phoneCode(api, device, phone, 'login');
  api.clock.advance(minute);
  for (let count = 0; count < 5; count += 1) expect((await offer(verificationId)).status).toBe(200);
  expect((await offer(verificationId)).refusal?.name).toBe('TooMany');
  api.clock.advance(4 * minute);
  expect((await offer(verificationId)).refusal?.name).toBe('ExpiredCode');
});

test('every wrong ID gets the same answer, whoever it belongs to; nobody is told, and five a day are all', async () => {
  const id = (await offered()) as string;
  const stranger = await personWithPin(api, 'Sam');
  const wrong = [
    '999999999',
    '7000',
    await api.hexkeyIdOf(stranger.session.accountId),
    await api.hexkeyIdOf(owner.session.accountId),
    `${contactsId.slice(0, -1)}${(Number(contactsId.at(-1)) + 1) % 10}`,
  ];
  const answers = [];
  for (const hexkeyId of wrong) answers.push(await request(id, hexkeyId));
  for (const answer of answers) {
    expect(answer).toEqual(answers[0]);
    expect(answer.refusal).toMatchObject({ code: 20130, details: { reason: 'unknown' } });
  }
  expect((await request(id)).refusal).toMatchObject({ code: 20129, details: { retryAfterMs: day } });
  expect(await api.waitingFor(owner.session.sessionId)).toBe(0);
  expect(await api.waitingFor(contact.session.sessionId)).toBe(0);
});

test('wrong IDs of nobody, of people, of the owner and of Team Hexkey take the same database statements', async () => {
  const id = (await offered()) as string;
  const stranger = await personWithPin(api, 'Sam');
  const statementsFor = async (hexkeyId: string) => {
    const before = api.statements.length;
    expect((await request(id, hexkeyId)).refusal).toMatchObject({ code: 20130 });
    return api.statements.slice(before);
  };
  const ofNobody = await statementsFor('999999999');
  expect(ofNobody.length).toBeGreaterThan(5);
  const strangersId = await api.hexkeyIdOf(stranger.session.accountId);
  const ownersId = await api.hexkeyIdOf(owner.session.accountId);
  for (const known of [strangersId, ownersId, '7000']) expect(await statementsFor(known)).toEqual(ofNobody);
});

test('at a request every device of the owner and the number hear of it at once', async () => {
  const second = await secondDevice(api, owner);
  const secondKey = await publishKey(second);
  await readMessages(api, owner, ownersKey, 1);
  const id = (await offered()) as string;
  await request(id);
  for (const [person, key] of [
    [owner, ownersKey],
    [second, secondKey],
  ] as const)
    expect(await readMessages(api, person, key, 1)).toMatchObject([
      { kind: 'contactLoginRequested', parameters: { contactLoginId: id, place: '127.0.0.1' } },
    ]);
  const alert = api.sent.at(-1);
  expect(alert?.to.reveal()).toBe(phone);
  expect(alert?.text.reveal()).toContain('recovery contact');
  expect(alert?.text.reveal()).not.toMatch(/[0-9]{4}/);
  expect((await kit()).pendingContactLogin).toMatchObject({ contactLoginId: id, place: '127.0.0.1' });
});

test('the alert by SMS is not what a login depends on', async () => {
  const id = (await offered()) as string;
  api.failSms(true);
  expect((await request(id)).status).toBe(200);
  api.failSms(false);
  expect((await enter(id, await codeOf())).status).toBe(200);
});

test('three tries a code, however many come at once; three codes a day; three failed ones pause a day', async () => {
  for (let count = 0; count < 3; count += 1) {
    const id = (await offered()) as string;
    expect((await request(id)).status).toBe(200);
    const code = await codeOf();
    const guesses = await Promise.all(Array.from({ length: 10 }, () => enter(id, otherThan(code))));
    const names = guesses.map(({ refusal }) => refusal?.name);
    expect(names.filter((name) => name === 'WrongCode')).toHaveLength(3);
    expect(names.filter((name) => name === 'ExpiredCode')).toHaveLength(7);
    expect((await enter(id, code)).refusal?.name).toBe('ExpiredCode');
    api.clock.advance(day / 3);
  }
  // The first code is a day old now, so only the pause holds, until a day after the third failure.
  const id = (await offered()) as string;
  expect((await request(id)).refusal).toMatchObject({
    code: 20129,
    details: { retryAfterMs: day - day / 3 - minute },
  });
  api.clock.advance(day);
  expect((await request((await offered()) as string)).status).toBe(200);
});

test('a code lives five minutes, a new one ends the one before, and a code is once a minute', async () => {
  const id = (await offered()) as string;
  await request(id);
  const first = await codeOf();
  expect((await request(id)).refusal).toMatchObject({ code: 20129, details: { retryAfterMs: minute } });
  api.clock.advance(minute);
  await request(id);
  const second = await codeOf();
  if (first !== second) expect((await enter(id, first)).refusal?.name).toBe('WrongCode');
  api.clock.advance(5 * minute);
  expect((await enter(id, second)).refusal?.name).toBe('ExpiredCode');
});

test('a right code whose answer was lost may be repeated by the same device, and by no other', async () => {
  const id = (await offered()) as string;
  await request(id);
  const code = await codeOf();
  const first = await enter(id, code);
  expect((await enter(id, code)).body).toEqual(first.body);
  expect((await enter(id, code, testDevice(api))).refusal?.name).toBe('ExpiredCode');
});

test('any device that has shown the PIN refuses: the code is dead, the session too, and nobody comes this way for a day', async () => {
  const second = await secondDevice(api, owner);
  await readMessages(api, owner, ownersKey, 1);
  const id = (await offered()) as string;
  await request(id);
  const code = await codeOf();
  const { sessionId } = (await enter(id, code)).body as SessionView;
  expect((await callWithPin(second, 'refuseContactLogin', { contactLoginId: id })).status).toBe(204);
  expect((await device.call('getSession', { as: { sessionId } })).refusal?.name).toBe('SessionEnded');
  expect((await enter(id, code)).refusal?.name).toBe('ExpiredCode');
  expect((await request(id)).refusal?.name).toBe('NotFound');
  expect((await request((await offered()) as string)).refusal).toMatchObject({
    code: 20129,
    details: { retryAfterMs: day - minute },
  });
  expect((await kit()).pendingContactLogin).toBeNull();
  const told = await readMessages(api, owner, ownersKey, 3);
  expect(told.map(({ kind }) => kind).sort()).toEqual([
    'contactLoginRefused',
    'contactLoginRequested',
    'newLogin',
  ]);
});

test('a session that has shown the PIN is not ended by a refusal', async () => {
  const id = (await offered()) as string;
  await request(id);
  const session = (await enter(id, await codeOf())).body as SessionView;
  await callWithPin({ ...owner, device, session }, 'unlockSession');
  await callWithPin(owner, 'refuseContactLogin', { contactLoginId: id });
  const { sessionId } = session;
  expect((await device.call('getSession', { as: { sessionId } })).body).toMatchObject({ state: 'full' });
});

test("nobody refuses another account's login", async () => {
  const id = (await offered()) as string;
  await request(id);
  const answer = await callWithPin(contact, 'refuseContactLogin', { contactLoginId: id });
  expect(answer.refusal).toMatchObject({ name: 'NotFound', details: { what: 'contact-login' } });
  expect((await enter(id, await codeOf())).status).toBe(200);
});

test('a removed contact ends what is under way', async () => {
  const id = (await offered()) as string;
  await request(id);
  const code = await codeOf();
  await callWithPin(owner, 'removeRecoveryContact');
  expect((await enter(id, code)).refusal?.name).toBe('ExpiredCode');
  expect((await request(id)).refusal?.name).toBe('NotFound');
});

test('no log line holds a code or a number', async () => {
  const id = (await offered()) as string;
  await request(id);
  const code = await codeOf();
  await enter(id, code);
  const logged = api.logged.map(withoutClock).join('');
  expect(logged).not.toContain(phone.slice(1));
  expect(logged).not.toMatch(standingAlone(code));
});
