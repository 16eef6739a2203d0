import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerByWords, setPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

test('a PIN change is in the log and dates the PIN, and the key that proves it stays; a repair leaves the date', async () => {
  const owner = await registerByWords(api);
  const pin = await setPin(api, owner);
  const as = { sessionId: owner.session.sessionId };
  const account = async () => (await owner.device.call('getAccount', { as })).body as { pinSetAtMs: number };
  const change = async (kind: 'change' | 'repair') => {
    const body = { kind };
    const pinAuth = await owner.device.provePin('changePin', owner.session, pin, {
      body: JSON.stringify(body),
    });
    return owner.device.call('changePin', { as, body, pinAuth });
  };
  const setAtMs = (await account()).pinSetAtMs;
  api.clock.advance(3_600_000);

  // Twice: told again with the same key, because S_pin is the same before and after.
  for (const _ of [1, 2]) {
    expect((await change('change')).status).toBe(204);
  }
  expect((await account()).pinSetAtMs).toBe(setAtMs + 3_600_000);
  const { entries } = (await owner.device.call('listLogs', { as })).body as { entries: object[] };
  expect(entries[0]).toMatchObject({ operation: 'changePin', outcome: 'success' });

  api.clock.advance(3_600_000);
  expect((await change('repair')).status).toBe(204);
  expect((await account()).pinSetAtMs).toBe(setAtMs + 3_600_000);
  const repaired = (await owner.device.call('listLogs', { as })).body as { entries: object[] };
  expect(repaired.entries[0]).toMatchObject({ operation: 'repairPin', outcome: 'success' });
});
