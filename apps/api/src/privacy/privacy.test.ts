import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addContact, type PersonWithPin, personWithPin } from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { mayReach } from './may-reach.ts';

const hour = 60 * 60_000;
const phone = '+4915112345670';
let api: TestApi;
/** Ada has the number; Ben holds it and is her contact, Eve holds it too. */
let ada: PersonWithPin;
let ben: PersonWithPin;
let eve: PersonWithPin;
beforeAll(async () => {
  api = await startTestApi();
  ada = await personWithPin(api, 'Ada', phone);
  ben = await personWithPin(api, 'Ben');
  eve = await personWithPin(api, 'Eve');
  await addContact(api, ada, ben);
  await addContact(api, ben, ada);
});
beforeEach(() => api.clock.advance(13 * hour));
afterAll(() => api.close());

const as = ({ session }: PersonWithPin) => ({ sessionId: session.sessionId });
const everybody = { messages: 'everybody', groups: 'everybody', foundByPhone: 'everybody' };
const choose = (who: PersonWithPin, changes: Partial<typeof everybody>) =>
  who.device.call('putPrivacy', { as: as(who), body: { ...everybody, ...changes } });
const find = (who: PersonWithPin, number = phone) =>
  who.device.call('findByPhone', { as: as(who), body: { phone: number } });
const block = async (by: PersonWithPin, whom: PersonWithPin, name: 'blockPerson' | 'unblockPerson') =>
  by.device.call(name, { as: as(by), body: { hexkeyId: await api.hexkeyIdOf(whom.session.accountId) } });
const reach = async (sender: PersonWithPin, purpose: 'message' | 'group', receiver = ada) => {
  const pair = { senderId: sender.session.accountId, receiverId: receiver.session.accountId, purpose };
  return (await mayReach(api.deps.stores, [pair]))[0];
};
const nobody = { name: 'NotFound', details: { what: 'person' } };

test('who has chosen nothing is open to everybody, and a choice is kept for its own account only', async () => {
  const read = async (who: PersonWithPin) => (await who.device.call('getPrivacy', { as: as(who) })).body;
  expect(await read(ada)).toEqual(everybody);
  const chosen = { messages: 'contacts', groups: 'contacts', foundByPhone: 'nobody' };
  await choose(ada, chosen);
  expect(await read(ada)).toEqual(chosen);
  expect(await read(ben)).toEqual(everybody);
  await choose(ada, {});
  expect(await read(ada)).toEqual(everybody);
});

test('messages and groups are let through apart, from contacts or from everybody', async () => {
  expect([await reach(eve, 'message'), await reach(eve, 'group')]).toEqual([true, true]);
  await choose(ada, { messages: 'contacts' });
  expect([await reach(eve, 'message'), await reach(eve, 'group')]).toEqual([false, true]);
  expect(await reach(ben, 'message')).toBe(true);
  await choose(ada, { groups: 'contacts' });
  expect([await reach(eve, 'message'), await reach(eve, 'group')]).toEqual([true, false]);
  await choose(ada, {});
});

test('whom the receiver has added counts, not who has added the receiver', async () => {
  const fan = await personWithPin(api, 'Fan');
  await addContact(api, fan, ada);
  await choose(ada, { messages: 'contacts' });
  expect(await reach(fan, 'message')).toBe(false);
  await choose(ada, {});
});

test('a block holds against a contact of before and against every choice; own devices are always let through', async () => {
  await block(ada, ben, 'blockPerson');
  expect([await reach(ben, 'message'), await reach(ben, 'group')]).toEqual([false, false]);
  expect(await reach(ada, 'message', ben)).toBe(true);
  await choose(ada, { messages: 'contacts', groups: 'contacts' });
  expect(await reach(ada, 'group', ada)).toBe(true);
  await choose(ada, {});
  await block(ada, ben, 'unblockPerson');
  await addContact(api, ada, ben);
});

test('many approaches take one statement, and each gets its own answer', async () => {
  await choose(ada, { messages: 'contacts' });
  const [adaId, benId, eveId] = [ada, ben, eve].map(({ session }) => session.accountId) as [
    string,
    string,
    string,
  ];
  const before = api.statements.length;
  const answers = await mayReach(api.deps.stores, [
    { senderId: eveId, receiverId: adaId, purpose: 'message' },
    { senderId: benId, receiverId: adaId, purpose: 'message' },
    { senderId: eveId, receiverId: benId, purpose: 'group' },
  ]);
  expect(answers).toEqual([false, true, true]);
  expect(api.statements.length - before).toBe(1);
  await choose(ada, {});
});

test('a number finds its person as others may see them', async () => {
  expect((await find(eve)).body).toMatchObject({ name: 'Ada', kind: 'person', relation: 'none' });
  expect((await find(ben)).body).toMatchObject({ name: 'Ada', relation: 'contact' });
  expect(JSON.stringify((await find(eve)).body)).not.toContain(phone.slice(-6));
});

test('"My contacts" hides from whom the owner has not added, "Nobody" from contacts who hold the number too', async () => {
  await choose(ada, { foundByPhone: 'contacts' });
  expect((await find(eve)).refusal).toMatchObject(nobody);
  expect((await find(ben)).status).toBe(200);
  await choose(ada, { foundByPhone: 'nobody' });
  for (const who of [eve, ben]) expect((await find(who)).refusal).toMatchObject(nobody);
  expect((await find(ada)).body).toMatchObject({ relation: 'yourself' });
  await choose(ada, {});
});

test('unregistered, hidden and blocked are one answer, after the same statements', async () => {
  const looked = async (number = phone) => {
    const from = api.statements.length;
    const { status, body } = await find(eve, number);
    // The first lookup of a window also makes the rows of its limits.
    return { status, body, statements: api.statements.slice(from) };
  };
  await find(eve, '+4915112345699');
  const unregistered = await looked('+4915112345698');
  await choose(ada, { foundByPhone: 'nobody' });
  expect(await looked()).toEqual(unregistered);
  await choose(ada, {});
  await block(ada, eve, 'blockPerson');
  expect(await looked()).toEqual(unregistered);
  await block(ada, eve, 'unblockPerson');
  expect(unregistered.status).toBe(404);
});

test('twenty lookups in twelve hours, hit or miss, then 429 for twelve hours', async () => {
  const gus = await personWithPin(api, 'Gus');
  for (let count = 0; count < 20; count += 1) await find(gus, count % 2 === 0 ? phone : '+4915112345699');
  const refused = await find(gus);
  expect(refused).toMatchObject({ status: 429, refusal: { details: { retryAfterMs: 12 * hour } } });
  api.clock.advance(12 * hour);
  expect((await find(gus)).status).toBe(200);
});

test('what is no number costs nothing; numbers are in no log line', async () => {
  expect((await find(ben, '+49151')).refusal?.name).toMatch(/InvalidPhoneNumber|InvalidField/);
  expect(api.logged.join('\n')).not.toContain(phone.slice(1));
  expect(api.logged.join('\n')).toContain('/api/v1/people/by-phone');
});

test('a report reaches the operator, with content only where the reporter includes it', async () => {
  const report = async (by: PersonWithPin, content: string | null) =>
    by.device.call('reportPerson', {
      as: as(by),
      body: { hexkeyId: await api.hexkeyIdOf(eve.session.accountId), reason: 'spam', content },
    });
  expect((await report(ben, null)).status).toBe(204);
  expect((await report(ben, 'Buy now')).status).toBe(204);
  const kept = await api.database.db
    .selectFrom('reports')
    .select(['reporter_id', 'reason', 'content'])
    .execute();
  expect(kept.map(({ content }) => content).sort()).toEqual(['Buy now', null]);
  expect(kept[0]).toMatchObject({ reporter_id: ben.session.accountId, reason: 'spam' });
  const unknown = { hexkeyId: '999999999', reason: 'other', content: null };
  expect((await ben.device.call('reportPerson', { as: as(ben), body: unknown })).refusal).toMatchObject(
    nobody,
  );
  expect(
    (await ben.device.call('reportPerson', { as: as(ben), body: { ...unknown, hexkeyId: '7000' } })).refusal
      ?.name,
  ).toBe('NotAPerson');
  for (let count = 0; count < 20; count += 1) await report(ben, null);
  expect((await report(ben, null)).status).toBe(429);
});
