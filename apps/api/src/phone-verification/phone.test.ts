import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { description, phoneCode, registerByPhone, setPin, solveCaptcha } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
let api: TestApi;
let device: TestDevice;
let lastNumber = 1_000;
/** A number nobody has used in this file. */
const newNumber = () => {
  lastNumber += 1;
  return `+491511234${lastNumber}`;
};
/** A code that is not this one. */
const otherThan = (code: string) => (code === '0000' ? '0001' : '0000');

beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(() => {
  api.clock.advance(2 * day); // no limit reaches from one test into the next
  device = testDevice(api);
});
afterAll(() => api.close());

const tryCode = (
  purpose: 'register' | 'login',
  verificationId: string,
  code: string,
  by: TestDevice = device,
  headers = {},
) =>
  by.call(purpose === 'register' ? 'registerWithPhone' : 'loginWithPhone', {
    body: { verificationId, code, deviceKey: by.publicKey, device: description },
    headers,
  });

test('a code is four digits, told in the language asked for, to the number alone', async () => {
  const phone = newNumber();
  await device.call('requestPhoneCode', { body: { phone, purpose: 'register', locale: 'zh' } });
  const message = api.sent.at(-1);
  expect(message?.to.reveal()).toBe(phone);
  expect(message?.text.reveal()).toMatch(/^[0-9]{4} 是你的 Hexkey 注册验证码/);
});

test('the right code makes a locked session on a new account, and logs in to it later', async () => {
  const phone = newNumber();
  const { session } = await registerByPhone(api, phone);
  expect(session).toMatchObject({ state: 'locked', pinState: 'unset', registeredWith: 'phone' });
  const asked = await phoneCode(api, device, phone, 'login');
  const again = await tryCode('login', asked.verificationId, asked.code);
  expect(again.body).toMatchObject({ accountId: session.accountId, state: 'locked' });
});

test('three wrong codes end it: the right one is too late then', async () => {
  const { verificationId, code } = await phoneCode(api, device, newNumber(), 'register');
  for (const triesLeft of [2, 1, 0]) {
    const wrong = await tryCode('register', verificationId, otherThan(code));
    expect(wrong).toMatchObject({ status: 403, refusal: { name: 'WrongCode', details: { triesLeft } } });
  }
  expect((await tryCode('register', verificationId, code)).refusal?.name).toBe('ExpiredCode');
});

test('twenty guesses at once still get three tries', async () => {
  const { verificationId, code } = await phoneCode(api, device, newNumber(), 'register');
  const guesses = Array.from({ length: 20 }, () => tryCode('register', verificationId, otherThan(code)));
  const names = (await Promise.all(guesses)).map(({ refusal }) => refusal?.name);
  expect(names.filter((name) => name === 'WrongCode').length).toBe(3);
  expect(names.filter((name) => name === 'ExpiredCode').length).toBe(17);
});

test('a code lives five minutes', async () => {
  const { verificationId, code } = await phoneCode(api, device, newNumber(), 'register');
  api.clock.advance(5 * minute);
  expect((await tryCode('register', verificationId, code)).refusal?.name).toBe('ExpiredCode');
});

test('a code serves its purpose only, and a new code ends the one before', async () => {
  const phone = newNumber();
  const first = await phoneCode(api, device, phone, 'register');
  expect((await tryCode('login', first.verificationId, first.code)).refusal?.name).toBe('ExpiredCode');
  api.clock.advance(minute);
  const second = await phoneCode(api, device, phone, 'register', {}, first.verificationId);
  expect((await tryCode('register', first.verificationId, first.code)).refusal?.name).toBe('ExpiredCode');
  expect((await tryCode('register', second.verificationId, second.code)).status).toBe(200);
});

const networkOf = (host: number) => ({ 'x-forwarded-for': `192.0.2.${host}` });

test('a code that somebody else asks for, or with a guessed id, ends nobody’s code', async () => {
  const [phone, other] = [newNumber(), newNumber()];
  const mine = await phoneCode(api, device, phone, 'login', networkOf(1));
  const theirs = await phoneCode(api, testDevice(api), phone, 'login', networkOf(2));
  expect(theirs.answer.status).toBe(200);
  await phoneCode(api, testDevice(api), other, 'login', networkOf(2), mine.verificationId);
  api.clock.advance(minute);
  await phoneCode(api, testDevice(api), phone, 'register', networkOf(2), mine.verificationId);
  for (let tries = 0; tries < 3; tries += 1)
    await tryCode('login', theirs.verificationId, otherThan(theirs.code), testDevice(api), networkOf(2));
  const wrong = await tryCode('login', mine.verificationId, otherThan(mine.code));
  expect(wrong.refusal).toMatchObject({ name: 'WrongCode', details: { triesLeft: 2 } });
  expect((await tryCode('login', mine.verificationId, mine.code)).refusal?.name).toBe('NotFound');
});

/** Somebody asks for codes for a number from one network after another, until no network gets one. @returns how many came */
async function useUpCodes(phone: string): Promise<number> {
  let sent = 0;
  for (let host = 100; host < 110; host += 1)
    for (let count = 0; count < 5; count += 1) {
      const { answer } = await phoneCode(api, testDevice(api), phone, 'login', networkOf(host));
      if (answer.status === 200) sent += 1;
      api.clock.advance(minute);
    }
  return sent;
}

test('one network cannot use up the codes of a number for another, and all together get ten a day', async () => {
  const phone = newNumber();
  for (let count = 0; count < 6; count += 1) {
    const { answer } = await phoneCode(api, testDevice(api), phone, 'login', networkOf(7));
    expect(answer.status).toBe(count < 5 ? 200 : 429);
    const mine = (await phoneCode(api, device, phone, 'login', networkOf(8))).answer;
    expect(mine.status).toBe(count < 5 ? 200 : 429);
    api.clock.advance(minute);
  }
  const anew = newNumber();
  expect(await useUpCodes(anew)).toBe(10);
});

test('where a number has shown a right code, strangers elsewhere cannot use up its codes', async () => {
  const phone = newNumber();
  const first = await phoneCode(api, device, phone, 'register', networkOf(9));
  await tryCode('register', first.verificationId, first.code, device, networkOf(9));
  api.clock.advance(2 * day);
  await useUpCodes(phone);
  expect((await phoneCode(api, device, phone, 'login', networkOf(10))).answer.status).toBe(429);
  const mine = await phoneCode(api, device, phone, 'login', networkOf(9));
  expect((await tryCode('login', mine.verificationId, mine.code, device, networkOf(9))).status).toBe(200);
  for (let count = 1; count < 6; count += 1) {
    api.clock.advance(minute);
    const more = (await phoneCode(api, device, phone, 'login', networkOf(9))).answer;
    expect(more.status).toBe(count < 5 ? 200 : 429);
  }
});

test('a wrong code does not make a network known to a number', async () => {
  const phone = newNumber();
  const asked = await phoneCode(api, device, phone, 'register', networkOf(11));
  await tryCode('register', asked.verificationId, otherThan(asked.code), device, networkOf(11));
  api.clock.advance(2 * day);
  await useUpCodes(phone);
  expect((await phoneCode(api, device, phone, 'login', networkOf(11))).answer.status).toBe(429);
});

test('a right code whose answer was lost may be repeated by the same device, and by no other', async () => {
  const { verificationId, code } = await phoneCode(api, device, newNumber(), 'register');
  const first = await tryCode('register', verificationId, code);
  const repeated = await tryCode('register', verificationId, code);
  expect(repeated.status).toBe(200);
  expect(repeated.body).toEqual(first.body);
  const thief = await tryCode('register', verificationId, code, testDevice(api));
  expect(thief.refusal?.name).toBe('ExpiredCode');
});

test('codes for one number: once a minute, five a day', async () => {
  const phone = newNumber();
  for (let count = 0; count < 5; count += 1) {
    expect((await phoneCode(api, device, phone, 'login')).answer.status).toBe(200);
    const sentBefore = api.sent.length;
    const tooSoon = (await phoneCode(api, device, phone, 'login')).answer;
    expect(tooSoon).toMatchObject({
      status: 429,
      refusal: { name: 'CodeAskedTooOften', code: 20129, details: { retryAfterMs: minute } },
    });
    expect(api.sent.length).toBe(sentBefore);
    api.clock.advance(minute);
  }
  const sixth = (await phoneCode(api, device, phone, 'register')).answer;
  expect(sixth.refusal).toMatchObject({
    name: 'CodeAskedTooOften',
    details: { retryAfterMs: day - 5 * minute },
  });
  api.clock.advance(day - 5 * minute);
  expect((await phoneCode(api, device, phone, 'register')).answer.status).toBe(200);
});

test('an address gets 20 codes an hour over all numbers, and another address is not affected', async () => {
  const ask = async (headers: Record<string, string>) => {
    const phone = newNumber();
    const captcha = await solveCaptcha(device, phone);
    return device.call('requestPhoneCode', {
      body: { phone, purpose: 'login', locale: 'en', captcha },
      headers,
    });
  };
  const here = { 'x-forwarded-for': '2001:db8:7:8::1' };
  for (let count = 0; count < 20; count += 1) expect((await ask(here)).status).toBe(200);
  const neighbour = { 'x-forwarded-for': '2001:db8:7:8:ffff::2' }; // the same /64
  expect((await ask(neighbour)).refusal?.name).toBe('CodeAskedTooOften');
  expect((await ask({ 'x-forwarded-for': '2001:db8:7:9::1' })).status).toBe(200);
});

test('wrong codes are counted for the address, over all numbers; right ones are not', async () => {
  const askedFrom = (host: number) => ({ 'x-forwarded-for': `203.0.113.${host}` });
  const headers = { 'x-forwarded-for': '198.51.100.9' };
  for (let count = 0; count < 10; count += 1) {
    const { verificationId, code } = await phoneCode(api, device, newNumber(), 'register', askedFrom(count));
    expect((await tryCode('register', verificationId, code, device, headers)).status).toBe(200);
  }
  for (let count = 0; count < 10; count += 1) {
    const { verificationId, code } = await phoneCode(api, device, newNumber(), 'register', askedFrom(count));
    for (let tries = 0; tries < 3; tries += 1)
      expect(
        (await tryCode('register', verificationId, otherThan(code), device, headers)).refusal?.name,
      ).toBe('WrongCode');
    api.clock.advance(4 * minute);
  }
  const { verificationId, code } = await phoneCode(api, device, newNumber(), 'register', askedFrom(99));
  const blocked = await tryCode('register', verificationId, code, device, headers);
  expect(blocked.refusal).toMatchObject({ name: 'CodeAskedTooOften' });
  expect((await tryCode('register', verificationId, code)).status).toBe(200);
});

test("a try that cannot be right, because nothing was sent for it, uses up nobody's limit", async () => {
  const headers = { 'x-forwarded-for': '198.51.100.10' };
  for (let count = 0; count < 40; count += 1) {
    const answer = await tryCode('login', '00000000-0000-4000-8000-000000000000', '0000', device, headers);
    expect(answer.refusal?.name).toBe('ExpiredCode');
  }
});

test('a number without an account looks like any other until the right code', async () => {
  const known = newNumber();
  await registerByPhone(api, known);
  const answers = [];
  for (const phone of [known, newNumber()]) {
    const { verificationId, code, answer } = await phoneCode(api, device, phone, 'login');
    const wrong = await tryCode('login', verificationId, otherThan(code));
    answers.push([answer.status, Object.keys(answer.body), wrong.status, wrong.refusal]);
    const right = await tryCode('login', verificationId, code);
    expect(right.status).toBe(phone === known ? 200 : 404);
  }
  expect(answers[0]).toEqual(answers[1]);
});

test('a used number answers 20122 only after the right code', async () => {
  const phone = newNumber();
  await registerByPhone(api, phone);
  api.clock.advance(minute);
  const { verificationId, code } = await phoneCode(api, device, phone, 'register');
  const wrong = await tryCode('register', verificationId, otherThan(code));
  expect(wrong.refusal?.name).toBe('WrongCode');
  const right = await tryCode('register', verificationId, code);
  expect(right).toMatchObject({ status: 409, refusal: { name: 'PhoneNumberInUse', code: 20122 } });
});

test.each(['+4915', '+49151123456789012', '+19995550100', '+0015112345678'])(
  'a number outside its country plan is refused: %s',
  async (phone) => {
    const sentBefore = api.sent.length;
    const { answer } = await phoneCode(api, device, phone, 'register');
    expect(['InvalidPhoneNumber', 'InvalidField']).toContain(answer.refusal?.name);
    expect(api.sent.length).toBe(sentBefore);
  },
);

test('a provider that refuses answers 10003', async () => {
  api.failSms(true);
  const { answer } = await phoneCode(api, device, newNumber(), 'register');
  api.failSms(false);
  expect(answer).toMatchObject({ status: 503, refusal: { name: 'SmsNotDelivered', code: 10003 } });
});

test('neither database nor log holds a number or a code as text', async () => {
  const phone = newNumber();
  const person = await registerByPhone(api, phone);
  await setPin(api, person);
  api.clock.advance(minute);
  const { code } = await phoneCode(api, device, phone, 'login');
  const as = { sessionId: person.session.sessionId };
  expect((await person.device.call('getAccount', { as })).body).toMatchObject({
    phoneMasked: `+${'•'.repeat(phone.length - 4)}${phone.slice(-3)}`,
  });
  const { db } = api.database;
  const tables = ['accounts', 'sessions', 'phone_verifications', 'log_entries', 'limits'] as const;
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
  const values = rows.flat().flatMap((row) => Object.values(row) as unknown[]);
  const asText = (value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value);
  expect(values.map(asText).filter((text) => text?.includes(phone.slice(1)))).toEqual([]);
  const columns = rows[2]?.flatMap((row) => Object.values(row) as unknown[]) ?? [];
  expect(columns.map(asText)).not.toContain(code);
  expect(columns.map(asText)).not.toContain(JSON.stringify(code));
  expect(api.logged.length).toBeGreaterThan(10);
  const log = api.logged.join('');
  for (const sent of api.sent) {
    expect(log).not.toContain(sent.to.reveal().slice(1));
    expect(log).not.toContain(sent.text.reveal());
  }
});
