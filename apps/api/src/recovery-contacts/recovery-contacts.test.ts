import type { RecoveryContactView, RecoveryKitView, TeamMessage } from '@hexkey/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  addContact,
  befriend,
  callWithPin,
  loginByWords,
  type PersonWithPin,
  personWithPin,
} from '../testing/journeys.ts';
import { standingAlone, withoutClock } from '../testing/standing-alone.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type HpkePair, publishKey, readMessages } from '../testing/test-socket.ts';
import { tellOfLostContacts } from './tell-of-lost-contacts.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
let api: TestApi;
let owner: PersonWithPin;
let ownersKey: HpkePair;
let contact: PersonWithPin;
let contactsKey: HpkePair;
let lastNumber = 2000;

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  api.clock.advance(2 * day);
  lastNumber += 1;
  owner = await personWithPin(api, 'Ada', `+491511234${lastNumber}`);
  contact = await personWithPin(api, 'Ben');
  ownersKey = await publishKey(owner);
  contactsKey = await publishKey(contact);
  await befriend(api, owner, contact);
});
afterAll(() => api.close());

const as = (person: PersonWithPin) => ({ sessionId: person.session.sessionId });
const idOf = (person: PersonWithPin) => api.hexkeyIdOf(person.session.accountId);
const ask = async (whom: PersonWithPin = contact) =>
  callWithPin(owner, 'requestRecoveryContactCode', { hexkeyId: await idOf(whom) });
const verificationOf = (answer: { body: never }) =>
  (answer.body as { verificationId: string }).verificationId;
const codeIn = (messages: TeamMessage[]) =>
  messages.flatMap((message) => (message.kind === 'recoveryCode' ? [message.parameters.code] : [])).at(-1) ??
  '';
const otherThan = (code: string) => (code === '0000' ? '0001' : '0000');
const confirm = (verificationId: string, code: string, by = owner) =>
  callWithPin(by, 'setRecoveryContact', { verificationId, code });
const view = () => callWithPin(owner, 'viewRecoveryContact');
const kit = async () =>
  (await owner.device.call('getRecoveryKit', { as: as(owner) })).body as RecoveryKitView;
/** Asks and confirms; leaves both queues empty. */
async function setContact(): Promise<void> {
  const verificationId = verificationOf(await ask());
  const code = codeIn(await readMessages(api, contact, contactsKey, 1));
  expect((await confirm(verificationId, code)).status).toBe(200);
  await readMessages(api, contact, contactsKey, 1);
  await readMessages(api, owner, ownersKey, 1);
}

test('the contact gets a code that names the owner and the purpose; the owner enters it, and both are told', async () => {
  const asked = await ask();
  expect(asked.body).toMatchObject({
    resendAtMs: api.clock.now() + minute,
    expiresAtMs: api.clock.now() + 5 * minute,
  });
  const [message] = await readMessages(api, contact, contactsKey, 1);
  expect(message).toMatchObject({
    kind: 'recoveryCode',
    parameters: {
      code: expect.stringMatching(/^[0-9]{4}$/),
      purpose: 'setRecoveryContact',
      owner: { hexkeyId: await idOf(owner), name: 'Ada' },
    },
  });
  const set = await confirm(verificationOf(asked), codeIn([message as TeamMessage]));
  expect(set.body).toMatchObject({
    person: { hexkeyId: await idOf(contact), name: 'Ben', relation: 'contact' },
    setAtMs: api.clock.now(),
    problem: null,
  });
  expect((await view()).body).toEqual(set.body);
  expect(await readMessages(api, contact, contactsKey, 1)).toMatchObject([{ kind: 'youAreRecoveryContact' }]);
  expect(await readMessages(api, owner, ownersKey, 1)).toMatchObject([
    { kind: 'recoveryContactSet', parameters: { contact: { name: 'Ben' } } },
  ]);
  expect((await kit()).contact).toMatchObject({ state: 'added', problem: null });
  const logged = api.logged.map(withoutClock).join('');
  expect(logged).toContain('/recovery-contact/codes');
  expect(logged).not.toMatch(standingAlone(codeIn([message as TeamMessage])));
});

test('without a phone number there is no recovery contact', async () => {
  const phoneless = await personWithPin(api, 'Cid');
  await befriend(api, phoneless, contact);
  const answer = await callWithPin(phoneless, 'requestRecoveryContactCode', {
    hexkeyId: await idOf(contact),
  });
  expect(answer).toMatchObject({ status: 409, refusal: { name: 'PhoneNeeded', code: 20170 } });
});

test('each refusal names its reason, and nobody gets a code', async () => {
  const reasonFor = async (hexkeyId: string) => {
    const answer = await callWithPin(owner, 'requestRecoveryContactCode', { hexkeyId });
    expect(answer.refusal?.code).toBe(20130);
    return answer.refusal?.details;
  };
  const stranger = await personWithPin(api, 'Sam');
  expect(await reasonFor('999999999')).toEqual({ reason: 'unknown' });
  expect(await reasonFor('7000')).toEqual({ reason: 'official' });
  expect(await reasonFor(await idOf(owner))).toEqual({ reason: 'yourself' });
  expect(await reasonFor(await idOf(stranger))).toEqual({ reason: 'not-your-contact' });
  await addContact(api, owner, stranger);
  expect(await reasonFor(await idOf(stranger))).toEqual({ reason: 'not-added-back' });
  await addContact(api, stranger, owner);
  expect(await reasonFor(await idOf(stranger))).toEqual({ reason: 'no-device' });
  const strangersKey = await publishKey(stranger);
  await owner.device.call('blockPerson', { as: as(owner), body: { hexkeyId: await idOf(stranger) } });
  expect(await reasonFor(await idOf(stranger))).toEqual({ reason: 'blocked' });
  await api.markDeleted(stranger.session.accountId);
  expect(await reasonFor(await idOf(stranger))).toEqual({ reason: 'deleted' });
  expect(await readMessages(api, stranger, strangersKey, 0)).toEqual([]);
});

test('who blocks the owner looks like who has not added them', async () => {
  await contact.device.call('blockPerson', { as: as(contact), body: { hexkeyId: await idOf(owner) } });
  expect((await ask()).refusal?.details).toEqual({ reason: 'not-added-back' });
});

test('a code lives five minutes and has three tries; the right one is too late then', async () => {
  const first = verificationOf(await ask());
  const code = codeIn(await readMessages(api, contact, contactsKey, 1));
  for (const triesLeft of [2, 1, 0])
    expect((await confirm(first, otherThan(code))).refusal).toMatchObject({
      name: 'WrongCode',
      details: { triesLeft },
    });
  expect((await confirm(first, code)).refusal?.name).toBe('ExpiredCode');
  api.clock.advance(minute);
  const second = verificationOf(await ask());
  const late = codeIn(await readMessages(api, contact, contactsKey, 1));
  api.clock.advance(5 * minute);
  expect((await confirm(second, late)).refusal?.name).toBe('ExpiredCode');
});

test('once a minute, five a day', async () => {
  for (let count = 0; count < 5; count += 1) {
    expect((await ask()).status).toBe(200);
    expect((await ask()).refusal).toMatchObject({ code: 20129, details: { retryAfterMs: minute } });
    api.clock.advance(minute);
  }
  expect((await ask()).refusal).toMatchObject({ code: 20129, details: { retryAfterMs: day - 5 * minute } });
});

test('a code serves the session that asked, and a new one ends the one before', async () => {
  const first = verificationOf(await ask());
  const oldCode = codeIn(await readMessages(api, contact, contactsKey, 1));
  api.clock.advance(minute);
  const second = verificationOf(await ask());
  const code = codeIn(await readMessages(api, contact, contactsKey, 1));
  expect((await confirm(first, oldCode)).refusal?.name).toBe('ExpiredCode');
  const other = { ...(await loginByWords(api, owner.login)), pin: owner.pin };
  await callWithPin(other, 'unlockSession');
  expect((await confirm(second, code, other)).refusal?.name).toBe('ExpiredCode');
  expect((await confirm(second, code)).status).toBe(200);
});

test('a right code whose answer was lost may be repeated, and sets nothing twice', async () => {
  const verificationId = verificationOf(await ask());
  const code = codeIn(await readMessages(api, contact, contactsKey, 1));
  const first = await confirm(verificationId, code);
  api.clock.advance(1000);
  expect((await confirm(verificationId, code)).body).toEqual(first.body);
  expect(await readMessages(api, contact, contactsKey, 1)).toHaveLength(1);
});

test('what changed between code and confirmation counts', async () => {
  const verificationId = verificationOf(await ask());
  const code = codeIn(await readMessages(api, contact, contactsKey, 1));
  await contact.device.call('removeContact', { as: as(contact), body: { hexkeyId: await idOf(owner) } });
  expect((await confirm(verificationId, code)).refusal?.details).toEqual({ reason: 'not-added-back' });
  expect((await view()).refusal?.name).toBe('NoRecoveryContact');
});

test('a change tells the one before, and a removal ends it', async () => {
  await setContact();
  api.clock.advance(minute);
  const next = await personWithPin(api, 'Cleo');
  const nextKey = await publishKey(next);
  await befriend(api, owner, next);
  const verificationId = verificationOf(await ask(next));
  await confirm(verificationId, codeIn(await readMessages(api, next, nextKey, 1)));
  expect(await readMessages(api, contact, contactsKey, 1)).toMatchObject([
    { kind: 'youAreNoRecoveryContact', parameters: { owner: { name: 'Ada' } } },
  ]);
  expect(((await view()).body as RecoveryContactView).person.name).toBe('Cleo');
  expect((await callWithPin(owner, 'removeRecoveryContact')).status).toBe(204);
  expect((await callWithPin(owner, 'removeRecoveryContact')).refusal?.name).toBe('NoRecoveryContact');
  expect((await view()).refusal).toMatchObject({ name: 'NoRecoveryContact', code: 20171 });
  const told = await readMessages(api, next, nextKey, 2);
  expect(told.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['youAreRecoveryContact', 'youAreNoRecoveryContact']),
  );
});

test.each([['removeContact'], ['blockPerson']] as const)(
  'a contact who %s the owner is told of once, and the kit shows it until they are back',
  async (name) => {
    await setContact();
    const body = { hexkeyId: await idOf(owner) };
    await contact.device.call(name, { as: as(contact), body });
    await contact.device.call(name, { as: as(contact), body });
    expect(await readMessages(api, owner, ownersKey, 1)).toMatchObject([
      { kind: 'recoveryContactLost', parameters: { contact: { name: 'Ben' }, problem: 'not-added-back' } },
    ]);
    expect(await kit()).toMatchObject({ contact: { problem: 'not-added-back' }, methods: 1 });
    await addContact(api, contact, owner);
    expect((await kit()).contact.problem).toBeNull();
    await contact.device.call(name, { as: as(contact), body });
    expect(await readMessages(api, owner, ownersKey, 1)).toHaveLength(1);
  },
);

test('a contact whose account is deleted is told of by the sweep, once', async () => {
  await setContact();
  await api.markDeleted(contact.session.accountId);
  for (const _ of [1, 2]) await api.deps.transact((stores) => tellOfLostContacts(api.deps, stores));
  expect(await readMessages(api, owner, ownersKey, 1)).toMatchObject([
    { kind: 'recoveryContactLost', parameters: { contact: { name: null }, problem: 'deleted' } },
  ]);
  expect((await kit()).contact).toMatchObject({ state: 'added', problem: 'deleted' });
});

test('set, viewed and removed are in the log', async () => {
  api.clock.advance(1);
  await setContact();
  api.clock.advance(1);
  await view();
  api.clock.advance(1);
  await callWithPin(owner, 'removeRecoveryContact');
  const logs = (await owner.device.call('listLogs', { as: as(owner) })).body as {
    entries: { operation: string }[];
  };
  expect(logs.entries.slice(0, 3).map(({ operation }) => operation)).toEqual([
    'removeRecoveryContact',
    'viewRecoveryContact',
    'setRecoveryContact',
  ]);
});
