import { toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { callWithPin, personWithPin, solveCaptcha } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';

const hour = 3_600_000;
let api: TestApi;
let device: TestDevice;
let host = 0;
let lastNumber = 4000;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(() => {
  api.clock.advance(48 * hour);
  device = testDevice(api);
  host += 1;
});
afterAll(() => api.close());

const newNumber = () => {
  lastNumber += 1;
  return `+491511234${lastNumber}`;
};
const ask = (phone: string, captcha?: object, from = host) =>
  device.call('requestPhoneCode', {
    body: { phone, purpose: 'login', locale: 'en', ...(captcha === undefined ? {} : { captcha }) },
    headers: { 'x-forwarded-for': `192.0.2.${from}` },
  });
/** Uses up what an address may ask for without a captcha. */
async function useUpFreeCodes(): Promise<void> {
  for (let count = 0; count < 10; count += 1) expect((await ask(newNumber())).status).toBe(200);
}

test('ten codes an hour are free for an address; then a solved captcha is needed, and nowhere else', async () => {
  await useUpFreeCodes();
  const phone = newNumber();
  const sentBefore = api.sent.length;
  expect(await ask(phone)).toMatchObject({ status: 403, refusal: { name: 'CaptchaNeeded', code: 10005 } });
  expect(api.sent.length).toBe(sentBefore);
  expect((await ask(phone, await solveCaptcha(device, phone))).status).toBe(200);
  expect((await ask(newNumber(), undefined, host + 100)).status).toBe(200);
  api.clock.advance(hour);
  expect((await ask(newNumber())).status).toBe(200);
});

test('a number that is to be linked is guarded alike; the number that is linked is not chosen, and needs none', async () => {
  const owner = await personWithPin(api, 'Ada');
  const linked = newNumber();
  const askToLink = (phone: string | null, captcha?: object) =>
    owner.device.call('requestPhoneLinkCode', {
      as: { sessionId: owner.session.sessionId },
      body: { phone, locale: 'en', ...(captcha === undefined ? {} : { captcha }) },
      headers: { 'x-forwarded-for': `192.0.2.${host}` },
    });
  const { verificationId } = (await askToLink(linked)).body as { verificationId: string };
  const code = api.sent.at(-1)?.text.reveal().slice(0, 4) ?? '';
  const sealedEntropy = toBase64url(new Uint8Array(56));
  await callWithPin(owner, 'linkPhone', { verificationId, code, locale: 'en', sealedEntropy });
  for (let count = 0; count < 9; count += 1) expect((await askToLink(newNumber())).status).toBe(200);

  const phone = newNumber();
  const sentBefore = api.sent.length;
  expect(await askToLink(phone)).toMatchObject({ status: 403, refusal: { name: 'CaptchaNeeded' } });
  const elsewhere = await solveCaptcha(device, newNumber());
  expect((await askToLink(phone, elsewhere)).refusal?.name).toBe('CaptchaWrong');
  expect(api.sent.length).toBe(sentBefore);
  expect((await askToLink(phone, await solveCaptcha(device, phone))).status).toBe(200);
  api.clock.advance(60_000);
  expect((await askToLink(null)).status).toBe(200);
});

test('a solution serves once, for its number, for five minutes', async () => {
  await useUpFreeCodes();
  const refused = async (phone: string, captcha: object) =>
    expect((await ask(phone, captcha)).refusal).toMatchObject({ name: 'CaptchaWrong', code: 10004 });
  const phone = newNumber();
  const other = await solveCaptcha(device, newNumber());
  await refused(phone, other);
  const good = await solveCaptcha(device, phone);
  expect((await ask(phone, good)).status).toBe(200);
  api.clock.advance(60_000);
  await refused(phone, good);
  const late = await solveCaptcha(device, phone);
  api.clock.advance(5 * 60_000);
  await refused(phone, late);
  // The search for a solution begins at zero: where it had to go on, zero is none.
  const zero = toBase64url(new Uint8Array(8));
  let puzzle = await solveCaptcha(device, phone);
  while (puzzle.proofOfWork === zero) puzzle = await solveCaptcha(device, phone);
  await refused(phone, { ...puzzle, proofOfWork: zero });
  // Wrong answers and refusals for other reasons leave the puzzle as it was.
  expect((await ask(phone, puzzle)).status).toBe(200);
  const next = await solveCaptcha(device, phone);
  expect((await ask(phone, next)).refusal?.name).toBe('CodeAskedTooOften');
  api.clock.advance(60_000);
  expect((await ask(phone, next)).status).toBe(200);
});
