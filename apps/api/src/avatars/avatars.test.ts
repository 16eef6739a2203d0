import { avatarPath } from '@hexkey/contract';
import { fromHex, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Person, personWithPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let ada: Person;
beforeAll(async () => {
  api = await startTestApi();
  ada = await personWithPin(api, 'Ada');
});
beforeEach(() => api.clock.advance(2 * 3_600_000));
afterAll(() => api.close());

const png = (fill: number, length = 200) =>
  Buffer.concat([fromHex('89504e470d0a1a0a'), Buffer.alloc(length - 8, fill)]);
const as = (person: Person) => ({ sessionId: person.session.sessionId });
const put = (by: Person, image: Uint8Array) =>
  by.device.call('putAvatar', { as: as(by), body: { image: toBase64url(image) } });
const fetchAvatar = (id: string) => fetch(`${api.url}${avatarPath(id)}`);

test('a picture comes back byte for byte, to anybody, for ever, as what it is', async () => {
  const { avatarId } = (await put(ada, png(1))).body as { avatarId: string };
  const answer = await fetchAvatar(avatarId);
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png(1));
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await ada.device.call('getAccount', { as: as(ada) })).body).toMatchObject({ avatarId });
});

test('another picture has another id, and the one before is gone; removed, none is left', async () => {
  const first = (await put(ada, png(1))).body as { avatarId: string };
  const second = (await put(ada, png(2))).body as { avatarId: string };
  expect(second.avatarId).not.toBe(first.avatarId);
  expect((await fetchAvatar(first.avatarId)).status).toBe(404);
  expect((await ada.device.call('removeAvatar', { as: as(ada) })).status).toBe(204);
  expect((await fetchAvatar(second.avatarId)).status).toBe(404);
  expect((await ada.device.call('getAccount', { as: as(ada) })).body).toMatchObject({ avatarId: null });
});

test('two people with one picture have two ids: nobody learns that they share it', async () => {
  const ben = await personWithPin(api, 'Ben');
  const [mine, theirs] = [await put(ada, png(3)), await put(ben, png(3))];
  expect((mine.body as { avatarId: string }).avatarId).not.toBe(
    (theirs.body as { avatarId: string }).avatarId,
  );
});

test('JPEG and WebP are taken by their first bytes; SVG, HTML and nearly-pictures are not', async () => {
  for (const good of [fromHex('ffd8ffe000104a464946'), Buffer.from('RIFF\0\0\0\0WEBPVP8 ')])
    expect((await put(ada, good)).status).toBe(200);
  for (const bad of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<script>', 'RIFF\0\0\0\0AVI ', '\x89PNG'])
    expect((await put(ada, Buffer.from(bad, 'latin1'))).refusal).toMatchObject({
      name: 'InvalidField',
      details: { field: 'image' },
    });
});

test('64 KiB fit and a byte more does not', async () => {
  expect((await put(ada, png(4, 65_536))).status).toBe(200);
  expect((await put(ada, png(4, 65_537))).refusal?.name).toBe('InvalidField');
});

test('an id that is none answers like one that is gone', async () => {
  for (const id of ['', 'x', '..%2f..%2fetc', `${'A'.repeat(42)}B`, 'A'.repeat(43)])
    expect((await fetchAvatar(id)).status).toBeGreaterThanOrEqual(400);
  expect((await fetchAvatar('A'.repeat(43))).status).toBe(404);
});
