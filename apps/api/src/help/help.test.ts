import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '../database/sweep.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { testDevice } from '../testing/test-device.ts';
import { noteHelpArticle } from './note-help-article.ts';

const day = 24 * 60 * 60_000;
let api: TestApi;
let device: ReturnType<typeof testDevice>;
beforeAll(async () => {
  api = await startTestApi();
  device = testDevice(api);
});
afterAll(() => api.close());

const counts = async () => (await device.call('getHelpCounts', {})).body;
const note = (articleId: string, said: string) =>
  device.call('noteHelpArticle', { body: { articleId, note: said } });
const noteFrom = (address: string, said: 'read' | 'helpful' | 'not-helpful') =>
  noteHelpArticle({ ...api.deps, keys: api.keys }, { articleId: 'change-pin', note: said }, address);

test('an article that nobody has read has no count', async () => {
  expect(await counts()).toEqual({ articles: [] });
});

test('a reading and an opinion count once a day for each address, and a change of mind does not', async () => {
  for (const said of ['read', 'read', 'helpful', 'helpful', 'not-helpful'])
    expect((await note('forgot-pin', said)).status).toBe(204);
  const once = { articleId: 'forgot-pin', readers: 1, helpful: 1, notHelpful: 0 };
  expect(await counts()).toEqual({ articles: [once] });
  api.clock.advance(day);
  await note('forgot-pin', 'read');
  await note('forgot-pin', 'not-helpful');
  expect(await counts()).toEqual({ articles: [{ ...once, readers: 2, notHelpful: 1 }] });
});

test('readers at once, elsewhere, are all counted; one IPv6 customer is one reader', async () => {
  const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '2001:db8:0:1::7', '2001:db8:0:1::8'];
  await Promise.all(addresses.map((address) => noteFrom(address, 'read')));
  const { articles } = (await counts()) as { articles: { articleId: string; readers: number }[] };
  expect(articles.find(({ articleId }) => articleId === 'change-pin')?.readers).toBe(4);
});

test('an article that does not exist is refused and leaves no row', async () => {
  const before = await counts();
  const answer = await note('no-such-article', 'read');
  expect(answer.refusal).toMatchObject({ name: 'InvalidField', details: { field: 'articleId' } });
  expect(await counts()).toEqual(before);
});

test('an address that notes without end is told to wait, and counts no more', async () => {
  api.clock.advance(day);
  for (let noted = 0; noted < 300; noted++) await noteFrom('198.51.100.1', 'read');
  const before = await counts();
  await expect(noteFrom('198.51.100.1', 'helpful')).rejects.toMatchObject({ name: 'TooMany' });
  expect(await counts()).toEqual(before);
});

test('nothing but counts outlives the day of a note', async () => {
  await noteFrom('203.0.113.9', 'read');
  const left = async () => (await api.database.db.selectFrom('limits').selectAll().execute()).length;
  expect(await left()).toBeGreaterThan(0);
  api.clock.advance(day);
  await sweep(api.deps.stores, api.clock.now());
  expect(await left()).toBe(0);
});
