import { toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, registerByWords, setPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function person(): Promise<Person> {
  const registered = await registerByWords(api);
  await setPin(api, registered);
  return registered;
}
const as = ({ session }: Person) => ({ sessionId: session.sessionId });
const get = async (who: Person) => (await who.device.call('getLogHeads', { as: as(who) })).body;
const put = (who: Person, body: { replaces: number; revision: number; sealed: string }) =>
  who.device.call('putLogHeads', { as: as(who), body });
const sealed = (byte: number, length = 200) => toBase64url(new Uint8Array(length).fill(byte));

test('heads are given back as they were put, and to their own account only', async () => {
  const [ada, bob] = [await person(), await person()];
  expect(await get(ada)).toEqual({ heads: null });
  expect((await put(ada, { replaces: 0, revision: 1, sealed: sealed(1) })).body).toEqual({ stored: true });
  expect(await get(ada)).toEqual({ heads: { revision: 1, sealed: sealed(1) } });
  expect(await get(bob)).toEqual({ heads: null });
});

test('a device that read an older revision overwrites nothing', async () => {
  const ada = await person();
  await put(ada, { replaces: 0, revision: 1, sealed: sealed(1) });
  for (const replaces of [0, 2, 7])
    expect((await put(ada, { replaces, revision: replaces + 1, sealed: sealed(9) })).body).toEqual({
      stored: false,
    });
  expect((await put(ada, { replaces: 1, revision: 5, sealed: sealed(2) })).body).toEqual({ stored: true });
  expect((await put(ada, { replaces: 1, revision: 2, sealed: sealed(3) })).body).toEqual({ stored: false });
  expect(await get(ada)).toEqual({ heads: { revision: 5, sealed: sealed(2) } });
});

test('of two devices that write at once one is told that the other was faster', async () => {
  const ada = await person();
  const answers = await Promise.all(
    [1, 2].map((byte) => put(ada, { replaces: 0, revision: 1, sealed: sealed(byte) })),
  );
  expect(answers.map(({ body }) => (body as { stored: boolean }).stored).sort()).toEqual([false, true]);
});

test('a revision that does not rise, and heads above 4 kB, are refused', async () => {
  const ada = await person();
  const falling = await put(ada, { replaces: 3, revision: 3, sealed: sealed(1) });
  expect(falling.refusal).toMatchObject({ name: 'InvalidField', details: { field: 'revision' } });
  expect((await put(ada, { replaces: 0, revision: 1, sealed: sealed(1, 4096) })).body).toEqual({
    stored: true,
  });
  const large = await put(ada, { replaces: 1, revision: 2, sealed: sealed(1, 4098) });
  expect(large.refusal).toMatchObject({ name: 'InvalidField' });
});
