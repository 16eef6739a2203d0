import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newUuid } from '../identifiers.ts';
import {
  befriend,
  callWithPin,
  type PersonWithPin,
  personWithPin,
  secondDevice,
} from '../testing/journeys.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import type { Answer } from '../testing/test-device.ts';
import { holdings, notIncluded } from './holdings.ts';
import { pageLength } from './read-holding.ts';

let api: TestApi;
let ada: PersonWithPin;
let ben: PersonWithPin;
const phone = '+4915112345678';
beforeAll(async () => {
  api = await startTestApi();
  ada = await personWithPin(api, 'Ada', phone);
  ben = await personWithPin(api, 'Ben');
  await befriend(api, ada, ben);
});
afterAll(() => api.close());

const as = (person: PersonWithPin) => ({ sessionId: person.session.sessionId });
const open = (person: PersonWithPin) => callWithPin(person, 'openAccountExport');
const read = (person: PersonWithPin, holding: string, after?: string): Promise<Answer> =>
  person.device.call('readAccountExport', {
    as: as(person),
    query: `${after === undefined ? '' : `after=${encodeURIComponent(after)}&`}holding=${holding}`,
  });
type Page = { records: Record<string, unknown>[]; next: string | null };
const page = async (...given: Parameters<typeof read>) => (await read(...given)).body as Page;

/** Names of columns that say whose a row is. */
const isOfSomebody =
  /(^|_)(account|owner|contact|blocked|reporter|reported|session|device|sender|user)_id$|phone/;

test('every table with rows about accounts is given out, or said not to be; so is every column of it', async () => {
  const { rows } = await sql<{ table_name: string; column_name: string }>`
    select table_name, column_name from information_schema.columns where table_schema = current_schema()`.execute(
    api.database.db,
  );
  const columnsOf = new Map<string, string[]>();
  for (const row of rows)
    columnsOf.set(row.table_name, [...(columnsOf.get(row.table_name) ?? []), row.column_name]);
  const { rows: references } = await sql<{ table_name: string }>`
    select c.table_name from information_schema.table_constraints c
    join information_schema.constraint_column_usage u on u.constraint_name = c.constraint_name
    where c.constraint_type = 'FOREIGN KEY' and u.table_name in ('accounts', 'sessions')`.execute(
    api.database.db,
  );
  const ofAccounts = new Set([
    ...references.map(({ table_name }) => table_name),
    ...[...columnsOf]
      .filter(([, columns]) => columns.some((one) => isOfSomebody.test(one)))
      .map(([name]) => name),
  ]);
  expect(ofAccounts.size).toBeGreaterThan(20);
  const declared = new Map(holdings.map((one) => [one.table as string, one]));
  expect([...ofAccounts].filter((name) => !declared.has(name) && !(name in notIncluded))).toEqual([]);
  for (const [name, { show, withhold }] of declared) {
    const said = [...Object.keys(show), ...Object.keys(withhold)].sort();
    expect(said, name).toEqual([...new Set(columnsOf.get(name))].sort());
  }
});

test('nothing is read without the PIN, nor by another device of the account, nor later than a quarter of an hour', async () => {
  const other = await secondDevice(api, ben);
  expect((await read(ben, 'accounts')).refusal?.details).toEqual({ reason: 'pin-auth' });
  expect((await open(ben)).status).toBe(200);
  expect((await read(ben, 'accounts')).status).toBe(200);
  expect((await read(other, 'accounts')).refusal?.details).toEqual({ reason: 'pin-auth' });
  api.clock.advance(15 * 60_000);
  expect((await read(ben, 'accounts')).refusal?.details).toEqual({ reason: 'pin-auth' });
});

test('the owner sees what is theirs, in words and dates, and nothing of anybody else', async () => {
  await open(ada);
  const [account] = (await page(ada, 'accounts')).records;
  expect(account).toMatchObject({
    name: 'Ada',
    phone,
    pin_state: 'set',
    created_at: '2030-01-01T00:00:00.000Z',
  });
  expect(Object.keys(account ?? {})).not.toContain('phone_hash');
  const benId = await api.hexkeyIdOf(ben.session.accountId);
  expect((await page(ada, 'contacts')).records).toEqual([
    { contact_hexkey_id: benId, added_at: '2030-01-01T00:00:00.000Z' },
  ]);
  const operations = (await page(ada, 'log_entries')).records.map(({ operation }) => operation);
  expect(operations).toContain('openAccountExport');
  let whole = '';
  for (const { table } of holdings) whole += JSON.stringify((await page(ada, table)).records);
  for (const foreign of [ben.session.accountId, ben.session.sessionId, 'Ben'])
    expect(whole).not.toContain(foreign);
});

test('no key of the server is in it, nor what tests a code or finds a number', async () => {
  await open(ada);
  await ada.device.call('requestPhoneLinkCode', {
    as: as(ada),
    body: { phone: '+4915112345679', locale: 'en' },
  });
  for (const { table, withhold } of holdings)
    for (const record of (await page(ada, table)).records)
      for (const column of Object.keys(withhold)) expect(record, table).not.toHaveProperty(column);
  const shown = holdings.flatMap(({ show }) => Object.keys(show));
  expect(shown.filter((column) => /_mac$|_hash$|^sealed_(entropy|shares)$|secret/.test(column))).toEqual([
    'node_set_hash',
    'left_node_set_hash',
    'node_set_hash',
  ]);
});

test('long records come in pages that neither skip nor repeat, whatever goes meanwhile', async () => {
  await open(ada);
  const { db } = api.database;
  const entries = Array.from({ length: 2 * pageLength + 5 }, () => ({
    id: newUuid(api.random),
    account_id: ada.session.accountId,
    session_id: ada.session.sessionId,
    operation: 'unlock',
    outcome: 'wrong-pin' as const,
    at_ms: api.clock.now(),
    device: 'Test browser',
    place: null,
  }));
  await db.insertInto('log_entries').values(entries).execute();
  const { records, next } = await page(ada, 'log_entries');
  expect(records).toHaveLength(pageLength);
  await db.deleteFrom('log_entries').where('id', '=', String(records[0]?.id)).execute();
  const seen = new Set(records.map(({ id }) => id));
  for (let after = next; after !== null; ) {
    const following = await page(ada, 'log_entries', after);
    for (const { id } of following.records) {
      expect(seen.has(id)).toBe(false);
      seen.add(id);
    }
    after = following.next;
  }
  const left = await db
    .selectFrom('log_entries')
    .select('id')
    .where('account_id', '=', ada.session.accountId)
    .execute();
  expect(left.filter(({ id }) => !seen.has(id))).toEqual([]);
});

test('an end of a page that is none is refused, and so is a kind that there is not', async () => {
  await open(ada);
  for (const after of ['x', 'WyJh', Buffer.from('["a","b"]').toString('base64url'), 'WyJcdTAwMDAiXQ'])
    expect((await read(ada, 'accounts', after)).refusal).toMatchObject({
      name: 'InvalidField',
      details: { field: 'after' },
    });
  expect((await read(ada, 'request_nonces')).refusal).toMatchObject({ name: 'InvalidField' });
  // Text that is no id: an end like any other, and no failure of the database.
  const odd = Buffer.from(JSON.stringify(["'; drop table accounts; --"])).toString('base64url');
  expect((await read(ada, 'accounts', odd)).status).toBe(200);
});

test('five a day', async () => {
  const carl = await personWithPin(api, 'Carl');
  for (let time = 0; time < 5; time += 1) expect((await open(carl)).status).toBe(200);
  expect((await open(carl)).refusal).toMatchObject({ name: 'TooMany' });
});
