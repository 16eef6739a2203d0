import type { PersonView } from '@hexkey/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Person, personWithPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const hour = 60 * 60_000;
let api: TestApi;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  api = await startTestApi();
  ada = await personWithPin(api, 'Ada');
  ben = await personWithPin(api, 'Ben');
});
beforeEach(() => api.clock.advance(2 * hour));
afterAll(() => api.close());

const as = (person: Person) => ({ sessionId: person.session.sessionId });
const idOf = async (person: Person) =>
  ((await person.device.call('getAccount', { as: as(person) })).body as { hexkeyId: string }).hexkeyId;
const find = (by: Person, hexkeyId: string) =>
  by.device.call('findPerson', { as: as(by), query: `hexkeyId=${hexkeyId}` });
const tell = async (
  by: Person,
  name: 'addContact' | 'removeContact' | 'blockPerson' | 'unblockPerson',
  whom: Person,
) => by.device.call(name, { as: as(by), body: { hexkeyId: await idOf(whom) } });
const listed = async (by: Person, name: 'listContacts' | 'listBlocked') =>
  ((await by.device.call(name, { as: as(by) })).body as { people: PersonView[] }).people;

test('a person is found by Hexkey ID, with nothing that is theirs alone', async () => {
  const hexkeyId = await idOf(ben);
  expect((await find(ada, hexkeyId)).body).toEqual({
    hexkeyId,
    name: 'Ben',
    avatarId: null,
    kind: 'person',
    relation: 'none',
  });
  expect((await find(ada, await idOf(ada))).body).toMatchObject({ relation: 'yourself' });
  expect((await find(ada, '7000')).body).toMatchObject({ kind: 'official', name: 'Team Hexkey' });
  expect(await find(ada, '999999999')).toMatchObject({
    status: 404,
    refusal: { name: 'NotFound', details: { what: 'person' } },
  });
});

test('adding is one-sided, and the other side is told nothing', async () => {
  expect((await tell(ada, 'addContact', ben)).body).toMatchObject({ name: 'Ben', relation: 'contact' });
  await tell(ada, 'addContact', ben);
  expect(await listed(ada, 'listContacts')).toMatchObject([{ name: 'Ben', relation: 'contact' }]);
  expect(await listed(ben, 'listContacts')).toEqual([]);
  expect((await find(ben, await idOf(ada))).body).toMatchObject({ relation: 'none' });
});

test('removing ends it, and again changes nothing', async () => {
  await tell(ada, 'addContact', ben);
  for (const _ of [1, 2]) expect((await tell(ada, 'removeContact', ben)).status).toBe(204);
  expect(await listed(ada, 'listContacts')).toEqual([]);
});

test('blocking removes the contact; adding ends the block; unblocking does not make a contact', async () => {
  await tell(ada, 'addContact', ben);
  expect((await tell(ada, 'blockPerson', ben)).body).toMatchObject({ relation: 'blocked' });
  expect(await listed(ada, 'listContacts')).toEqual([]);
  expect(await listed(ada, 'listBlocked')).toMatchObject([{ name: 'Ben' }]);
  expect((await find(ada, await idOf(ben))).body).toMatchObject({ relation: 'blocked' });
  await tell(ada, 'unblockPerson', ben);
  expect(await listed(ada, 'listBlocked')).toEqual([]);
  expect(await listed(ada, 'listContacts')).toEqual([]);
  await tell(ada, 'blockPerson', ben);
  await tell(ada, 'addContact', ben);
  expect(await listed(ada, 'listBlocked')).toEqual([]);
});

test('oneself, Team Hexkey and a deleted account are nobody to add or block', async () => {
  const gone = await personWithPin(api, 'Gone');
  await api.markDeleted(gone.session.accountId);
  for (const name of ['addContact', 'blockPerson'] as const) {
    expect((await tell(ada, name, ada)).refusal).toMatchObject({ details: { reason: 'yourself' } });
    const official = await ada.device.call(name, { as: as(ada), body: { hexkeyId: '7000' } });
    expect(official).toMatchObject({ status: 409, refusal: { details: { reason: 'official' } } });
    const deleted = await ada.device.call(name, {
      as: as(ada),
      body: { hexkeyId: await api.hexkeyIdOf(gone.session.accountId) },
    });
    expect(deleted.refusal).toMatchObject({ name: 'NotAPerson', details: { reason: 'deleted' } });
  }
  const seen = await find(ada, await api.hexkeyIdOf(gone.session.accountId));
  expect(seen.body).toMatchObject({ kind: 'deleted', name: null, avatarId: null });
});

test('sixty lookups an hour, hit or miss, whichever route looks up', async () => {
  const cid = await personWithPin(api, 'Cid');
  const miss = { as: as(cid), body: { hexkeyId: '999999999' } };
  const names = [];
  for (let count = 0; count < 20; count += 1) {
    names.push((await find(cid, '999999999')).refusal?.name);
    names.push((await cid.device.call('addContact', miss)).refusal?.name);
    names.push((await cid.device.call('blockPerson', miss)).refusal?.name);
  }
  expect(new Set(names)).toEqual(new Set(['NotFound']));
  const answer = await find(cid, await idOf(ben));
  expect(answer).toMatchObject({
    status: 429,
    refusal: { name: 'TooMany', details: { retryAfterMs: hour } },
  });
  expect((await find(ben, await idOf(ada))).status).toBe(200);
});

test('lists are ordered by name, whoever was added first', async () => {
  const dan = await personWithPin(api, 'Dan');
  for (const name of ['Zoe', 'eve', 'Élan']) await tell(dan, 'addContact', await personWithPin(api, name));
  expect((await listed(dan, 'listContacts')).map(({ name }) => name)).toEqual(['Élan', 'eve', 'Zoe']);
});
