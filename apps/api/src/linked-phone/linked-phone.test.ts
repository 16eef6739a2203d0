import type { RecoveryKitView, SessionView } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Transact } from '../database/transact.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import {
  callWithPin,
  description,
  type PersonWithPin,
  personWithPin,
  phoneCode,
  preparation,
  secondDevice,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';
import { type HpkePair, publishKey, readMessages } from '../testing/test-socket.ts';
import { linkPhone } from './link-phone.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const sealed = toBase64url(new Uint8Array(56).fill(7));
let api: TestApi;
let owner: PersonWithPin;
let key: HpkePair;
let lastNumber = 5000;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  api.clock.advance(2 * day);
  owner = await personWithPin(api, 'Ada');
  key = await publishKey(owner);
});
afterAll(() => api.close());

const newNumber = () => {
  lastNumber += 1;
  return `+491511234${lastNumber}`;
};
const otherThan = (code: string) => (code === '0000' ? '0001' : '0000');
const as = (person: PersonWithPin) => ({ sessionId: person.session.sessionId });
async function ask(phone: string | null, by = owner) {
  const answer = await by.device.call('requestPhoneLinkCode', {
    as: as(by),
    body: { phone, locale: 'en' },
  });
  const { verificationId } = (answer.body ?? {}) as { verificationId: string };
  return { answer, verificationId, code: api.sent.at(-1)?.text.reveal().slice(0, 4) ?? '' };
}
const link = (
  verificationId: string,
  code: string,
  sealedEntropy: string | null,
  by: PersonWithPin = owner,
) => callWithPin(by, 'linkPhone', { verificationId, code, locale: 'en', sealedEntropy });
const linked = async (phone: string, sealedEntropy: string | null, by = owner) => {
  const { verificationId, code } = await ask(phone, by);
  return link(verificationId, code, sealedEntropy, by);
};
const kit = async (person = owner) =>
  (await person.device.call('getRecoveryKit', { as: as(person) })).body as RecoveryKitView;
async function loginByPhone(phone: string): Promise<SessionView | null> {
  const device = testDevice(api);
  const { verificationId, code } = await phoneCode(api, device, phone, 'login');
  const body = { verificationId, code, deviceKey: device.publicKey, device: description };
  const answer = await device.call('loginWithPhone', { body });
  return answer.status === 200 ? answer.body : null;
}
const register = async (phone: string) => {
  const device = testDevice(api);
  const { verificationId, code } = await phoneCode(api, device, phone, 'register');
  const body = { verificationId, code, deviceKey: device.publicKey, device: description };
  return device.call('registerWithPhone', { body });
};

test('a words account adds a number: phone and words lead to one account, with its sealed entropy', async () => {
  const phone = newNumber();
  const answer = await linked(phone, sealed);
  expect(answer.body).toMatchObject({ result: 'added', verifiedAtMs: api.clock.now() });
  const stored = await owner.device.call('getSealedEntropy', { as: as(owner) });
  expect(stored.body).toEqual({ sealedEntropy: sealed });
  expect(await loginByPhone(phone)).toMatchObject({
    accountId: owner.session.accountId,
    state: 'locked',
    hasSealedEntropy: true,
  });
  expect(await kit()).toMatchObject({
    phone: { state: 'added', verifiedAtMs: api.clock.now(), lastWorkedAtMs: api.clock.now() },
    methods: 1,
  });
  const told = await readMessages(api, owner, key, 2);
  expect(told.map(({ kind }) => kind).sort()).toEqual(['newLogin', 'phoneAdded']);
});

test('number and sealed entropy are stored together or not at all', async () => {
  const phone = newNumber();
  expect((await linked(phone, null)).refusal).toMatchObject({ details: { field: 'sealedEntropy' } });
  expect(await loginByPhone(phone)).toBeNull();
  const caller = await personWithPin(api, 'Ben', newNumber());
  expect((await linked(newNumber(), sealed, caller)).refusal).toMatchObject({
    details: { field: 'sealedEntropy' },
  });
  const kept = await caller.device.call('getSealedEntropy', { as: as(caller) });
  expect(kept.body).toMatchObject({ sealedEntropy: preparation(caller, caller.pin).sealedEntropy });
});

test('a change moves the account to the new number, tells the old one by SMS and every device', async () => {
  const [before, after] = [newNumber(), newNumber()];
  await linked(before, sealed);
  const second = await secondDevice(api, owner);
  const secondKey = await publishKey(second);
  api.clock.advance(minute);
  expect((await linked(after, null)).body).toMatchObject({ result: 'changed' });
  const alert = api.sent.at(-1);
  expect(alert?.to.reveal()).toBe(before);
  expect(alert?.text.reveal()).toContain('another phone number');
  expect(await readMessages(api, second, secondKey, 1)).toMatchObject([
    { kind: 'phoneChanged', parameters: { phoneMasked: expect.stringMatching(/^\+•+[0-9]{3}$/) } },
  ]);
  expect(await loginByPhone(after)).toMatchObject({ accountId: owner.session.accountId });
  api.clock.advance(minute);
  expect(await loginByPhone(before)).toBeNull();
});

test('the own number is verified again without naming it, and due 60 days later; nobody is told', async () => {
  const phone = newNumber();
  await linked(phone, sealed);
  await readMessages(api, owner, key, 1);
  api.clock.advance(60 * day);
  expect((await kit()).phone.verifyDueAtMs).toBe(api.clock.now());
  const { verificationId, code } = await ask(null);
  expect(api.sent.at(-1)?.to.reveal()).toBe(phone);
  expect((await link(verificationId, code, null)).body).toMatchObject({ result: 'verified' });
  expect((await kit()).phone.verifyDueAtMs).toBe(api.clock.now() + 60 * day);
  expect(await api.waitingFor(owner.session.sessionId)).toBe(0);
});

test('without a number there is none to verify again', async () => {
  expect((await ask(null)).answer.refusal).toMatchObject({ name: 'PhoneNeeded' });
});

test('a number in use is told only after the right code', async () => {
  const phone = newNumber();
  await personWithPin(api, 'Ben', phone);
  api.clock.advance(minute);
  const { answer, verificationId, code } = await ask(phone);
  expect(answer.status).toBe(200);
  expect((await link(verificationId, otherThan(code), sealed)).refusal?.name).toBe('WrongCode');
  expect((await link(verificationId, code, sealed)).refusal).toMatchObject({
    name: 'PhoneNumberInUse',
    code: 20122,
  });
  expect((await kit()).phone.state).toBe('not-added');
});

test('three tries, five minutes, the asking session alone, and a new code ends the one before', async () => {
  const first = await ask(newNumber());
  for (const triesLeft of [2, 1, 0])
    expect((await link(first.verificationId, otherThan(first.code), sealed)).refusal).toMatchObject({
      code: 20113,
      details: { triesLeft },
    });
  expect((await link(first.verificationId, first.code, sealed)).refusal?.code).toBe(20114);
  const second = await ask(newNumber());
  const other = await secondDevice(api, owner);
  expect((await link(second.verificationId, second.code, sealed, other)).refusal?.code).toBe(20114);
  const third = await ask(newNumber());
  expect((await link(second.verificationId, second.code, sealed)).refusal?.code).toBe(20114);
  api.clock.advance(5 * minute);
  expect((await link(third.verificationId, third.code, sealed)).refusal?.code).toBe(20114);
});

test('a number that does not exist, or asked for too often, is refused', async () => {
  expect((await ask('+4915')).answer.refusal?.name).toMatch(/InvalidField|InvalidPhoneNumber/);
  expect((await ask('+49151123')).answer.refusal).toMatchObject({ code: 20110 });
  const phone = newNumber();
  await ask(phone);
  expect((await ask(phone)).answer.refusal).toMatchObject({ code: 20129, details: { retryAfterMs: minute } });
  api.failSms(true);
  expect((await ask(newNumber())).answer.refusal).toMatchObject({ code: 10003 });
  api.failSms(false);
});

test('a login code does not link, and a link code does not log in', async () => {
  const phone = newNumber();
  const login = await phoneCode(api, owner.device, phone, 'login');
  expect((await link(login.verificationId, login.code, sealed)).refusal?.code).toBe(20114);
  const device = testDevice(api);
  const { verificationId, code } = await ask(phone);
  const body = { verificationId, code, deviceKey: device.publicKey, device: description };
  expect((await device.call('loginWithPhone', { body })).refusal?.code).toBe(20114);
});

test('a right code whose answer was lost may be repeated, and tells nobody twice', async () => {
  const { verificationId, code } = await ask(newNumber());
  expect((await link(verificationId, code, sealed)).body).toMatchObject({ result: 'added' });
  expect((await link(verificationId, code, sealed)).body).toMatchObject({ result: 'verified' });
  expect(await readMessages(api, owner, key, 1)).toMatchObject([{ kind: 'phoneAdded' }]);
});

test('two accounts that link one number at once: one gets it', async () => {
  const phone = newNumber();
  const rival = await personWithPin(api, 'Ben');
  const mine = await ask(phone);
  api.clock.advance(minute);
  const theirs = await ask(phone, rival);
  const answers = await Promise.all([
    link(mine.verificationId, mine.code, sealed),
    link(theirs.verificationId, theirs.code, sealed, rival),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('who loses the race for a number hears that it is in use, not that the server broke', async () => {
  let transactions = 0;
  const transact: Transact = (work) => {
    transactions += 1;
    // The second one is the link itself: the database found the other account's row.
    if (transactions === 2) return Promise.reject(Object.assign(new Error('duplicate'), { code: '23505' }));
    return api.deps.transact(work);
  };
  const session = await api.deps.stores.sessions.get(owner.session.sessionId);
  const account = await api.deps.stores.accounts.get(owner.session.accountId);
  const deps = { ...api.deps, transact, keys: api.keys, sms: null, log: pino({ level: 'silent' }) };
  const body = {
    verificationId: owner.session.sessionId,
    code: '0000',
    locale: 'en',
    sealedEntropy: sealed,
  } as const;
  const caller = { session, account, pinAuthKey: null } as Caller;
  await expect(linkPhone(deps, caller, body, '127.0.0.1')).rejects.toMatchObject({ code: 20122 });
});

test('a recycled number goes to whoever shows its code after 30 days of silence, and nothing else moves', async () => {
  const phone = newNumber();
  await linked(phone, sealed);
  await readMessages(api, owner, key, 1);
  api.clock.advance(30 * day - 1);
  expect((await register(phone)).refusal?.name).toBe('PhoneNumberInUse');
  api.clock.advance(minute);
  const answer = await register(phone);
  expect(answer.status).toBe(200);
  expect((answer.body as SessionView).accountId).not.toBe(owner.session.accountId);
  expect(await readMessages(api, owner, key, 1)).toMatchObject([{ kind: 'phoneUnlinked' }]);
  expect((await kit()).phone.state).toBe('not-added');
  const stored = await owner.device.call('getSealedEntropy', { as: as(owner) });
  expect(stored.body).toEqual({ sealedEntropy: sealed });
});

test.each([
  ['a device that was seen', () => owner.device.call('getAccount', { as: as(owner) })],
  ['a right PIN on a device that is logged out since', () => callWithPin(owner, 'logOut')],
])('%s within 30 days keeps the number', async (_, act) => {
  const phone = newNumber();
  await linked(phone, sealed);
  api.clock.advance(20 * day);
  await act();
  api.clock.advance(29 * day);
  const rival = await personWithPin(api, 'Ben');
  expect((await linked(phone, sealed, rival)).refusal?.name).toBe('PhoneNumberInUse');
  api.clock.advance(2 * day);
  expect((await linked(phone, sealed, rival)).body).toMatchObject({ result: 'added' });
});
