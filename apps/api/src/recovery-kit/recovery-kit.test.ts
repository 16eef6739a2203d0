import type { RecoveryKitView } from '@hexkey/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  callWithPin,
  loginByWords,
  type PersonWithPin,
  personWithPin,
  registerByPhone,
  secondDevice,
  setPin,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const day = 24 * 60 * 60_000;
let api: TestApi;
let owner: PersonWithPin;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  api.clock.advance(day);
  owner = await personWithPin(api, 'Ada');
});
afterAll(() => api.close());

const as = (person: PersonWithPin) => ({ sessionId: person.session.sessionId });
const kit = async (person = owner) =>
  (await person.device.call('getRecoveryKit', { as: as(person) })).body as RecoveryKitView;

test('a new words account has no method; the words count once their check was passed, with the PIN', async () => {
  expect(await kit()).toEqual({
    phone: {
      state: 'not-added',
      phoneMasked: null,
      verifiedAtMs: null,
      verifyDueAtMs: null,
      lastWorkedAtMs: null,
    },
    words: { state: 'not-backed-up', backedUpAtMs: null, lastWorkedAtMs: null },
    contact: { state: 'not-added', setAtMs: null, problem: null, lastWorkedAtMs: null },
    methods: 0,
    fullDevices: 1,
    reminders: { kitSnoozedUntilMs: null, phoneSnoozedUntilMs: null },
    pendingContactLogin: null,
  });
  const nowMs = api.clock.now();
  const unproven = await owner.device.call('confirmWordsBackup', { as: as(owner) });
  expect(unproven.refusal?.details).toEqual({ reason: 'pin-auth' });
  expect((await callWithPin(owner, 'confirmWordsBackup')).status).toBe(204);
  api.clock.advance(day);
  await callWithPin(owner, 'confirmWordsBackup');
  expect(await kit()).toMatchObject({
    words: { state: 'backed-up', backedUpAtMs: nowMs, lastWorkedAtMs: nowMs + day },
    methods: 1,
  });
});

test('a phone account has its number, seen to work when it was verified, and due again 60 days after', async () => {
  const begun = await registerByPhone(api, '+4915112345678');
  const verifiedAtMs = api.clock.now();
  api.clock.advance(60_000);
  const caller = { ...begun, pin: await setPin(api, begun) };
  expect(await kit(caller)).toMatchObject({
    phone: {
      state: 'added',
      phoneMasked: '+••••••••••678',
      verifiedAtMs,
      verifyDueAtMs: verifiedAtMs + 60 * day,
      lastWorkedAtMs: verifiedAtMs,
    },
    methods: 1,
  });
});

test('log out is blocked with no method and possible with one', async () => {
  expect((await callWithPin(owner, 'logOut')).refusal).toMatchObject({
    name: 'NoRecoveryMethod',
    code: 20131,
  });
  await callWithPin(owner, 'confirmWordsBackup');
  expect((await callWithPin(owner, 'logOut')).status).toBe(204);
});

test('a reminder is snoozed for seven days, on every device', async () => {
  const answer = await owner.device.call('snoozeReminder', { as: as(owner), body: { reminder: 'kit' } });
  const snoozedUntilMs = api.clock.now() + 7 * day;
  expect(answer.body).toEqual({ snoozedUntilMs });
  const second = await secondDevice(api, owner);
  expect((await kit(second)).reminders).toEqual({
    kitSnoozedUntilMs: snoozedUntilMs,
    phoneSnoozedUntilMs: null,
  });
});

test('devices that have shown the PIN are counted, locked ones are not', async () => {
  await loginByWords(api, owner.login);
  expect((await kit()).fullDevices).toBe(1);
  await secondDevice(api, owner);
  expect((await kit()).fullDevices).toBe(2);
});
