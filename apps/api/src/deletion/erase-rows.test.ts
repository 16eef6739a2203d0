import type { Insertable } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tables } from '../database/tables.ts';
import { newUuid } from '../identifiers.ts';
import { findInTables } from '../testing/find-in-tables.ts';
import { personWithPin } from '../testing/journeys.ts';
import { type RowsOf, rowsEverywhere } from '../testing/rows-everywhere.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** Of nobody, or of the deletion itself. */
const withoutRows = [
  ...['captchas', 'help_counts', 'group_invites', 'named_keys', 'used_operator_challenges'],
  ...['account_deletions', 'erase_deliveries'],
];
/** Other people's records name the tombstone, and the leaves of a group its devices until a member takes them out (ADR 76). */
const staysWithOthers = [
  'accounts: account',
  'accounts: Hexkey ID',
  'admin_actions: Hexkey ID',
  'contacts: account',
  'group_leaves: account',
  'group_leaves: device',
  'group_members: account',
  'groups: account',
  'groups: device',
  'recovery_contacts: account',
  'transfers: Hexkey ID',
];

/** Somebody with a row in every table, in each of which a search finds them. */
async function somebodyEverywhere(name: string, phone: string) {
  const person = await personWithPin(api, name, phone);
  const other = await personWithPin(api, `A friend of ${name}`);
  const account = await api.deps.stores.accounts.get(person.session.accountId);
  if (!account?.phone_hash || !account.login_key) throw new Error('neither number nor words');
  const rowsOf: RowsOf = {
    accountId: account.id,
    hexkeyId: account.hexkey_id,
    phoneHash: account.phone_hash,
    loginKey: account.login_key,
    deviceId: newUuid(api.random),
    goneDeviceId: newUuid(api.random),
    otherId: other.session.accountId,
    otherDeviceId: other.session.sessionId,
    mark: Buffer.from(api.random(16)).toString('hex'),
    nowMs: api.clock.now(),
    random: api.random,
  };
  const everything = rowsEverywhere(rowsOf);
  for (const [table, rows] of Object.entries(everything))
    if (rows.length > 0)
      await api.database.db
        .insertInto(table as 'sessions')
        .values(rows as Insertable<Tables['sessions']>[])
        .execute();
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const marks = {
    account: rowsOf.accountId,
    // In a list of its own, not in somebody else's.
    owner: `"owner_id":"${rowsOf.accountId}"`,
    'Hexkey ID': rowsOf.hexkeyId,
    device: rowsOf.deviceId,
    'device of before': rowsOf.goneDeviceId,
    mark: rowsOf.mark,
    'bytes of the mark': hex(Buffer.from(rowsOf.mark)),
    number: hex(rowsOf.phoneHash),
    'login key': hex(rowsOf.loginKey),
  };
  const tables = Object.keys(everything);
  return { accountId: account.id, tables, find: () => findInTables(api.database.db, marks) };
}
const tablesOf = (found: readonly string[]) => [
  ...new Set(found.map((one) => one.slice(0, one.indexOf(':')))),
];

test('of an account with rows in every table only its tombstone is left, and nothing of anybody else goes', async () => {
  const ada = await somebodyEverywhere('Ada', '+4915112340001');
  const ben = await somebodyEverywhere('Ben', '+4915112340002');
  const [before, bensBefore] = [await ada.find(), await ben.find()];
  expect(tablesOf(before)).toEqual(ada.tables.filter((table) => !withoutRows.includes(table)).sort());
  await api.deps.transact((stores) => stores.deletions.eraseRows(ada.accountId, api.clock.now()));
  expect(await ada.find()).toEqual([...staysWithOthers].sort());
  expect(await ben.find()).toEqual(bensBefore);
});
