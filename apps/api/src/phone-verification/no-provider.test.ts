import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ withSms: false });
});
afterAll(() => api.close());

test('without a provider the server says so at once, and a request answers 10003', async () => {
  const device = testDevice(api);
  expect((await device.call('serverInfo')).body).toMatchObject({ smsAvailable: false });
  const body = { phone: '+4915112345678', purpose: 'login', locale: 'en' };
  expect((await device.call('requestPhoneCode', { body })).refusal?.name).toBe('SmsNotDelivered');
});
