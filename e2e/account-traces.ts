import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '../apps/api/src/database/open-database.ts';
import { findInTables, rowsOwnedBy } from '../apps/api/src/testing/find-in-tables.ts';
import { recordIdOf } from '../apps/pin-node/src/records/record-id.ts';
import { bytesCanaries, findInFolder } from './canary.ts';

/** What an installation holds of an account: ids and keys, by table and column. Ids as text, bytes in hexadecimal. */
export interface AccountTraces {
  readonly accountId: string;
  readonly values: Readonly<Record<string, string>>;
  /** The address, as the ledger knows it. */
  readonly walletKey: Uint8Array;
  /** Public keys that nodes hold, and the name of its record there. */
  readonly atNodes: Readonly<Record<string, Uint8Array>>;
}

/** Columns that say whose a row is. */
const ownerColumns = ['account_id', 'owner_id', 'reporter_id', 'sender_account_id'];
/** Of other people, or of everybody. */
const foreignColumns = new Set([
  ...ownerColumns,
  ...['contact_id', 'blocked_id', 'reported_id', 'group_id', 'envelope_id'],
  ...['node_set_hash', 'left_node_set_hash'],
]);
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Reads, while the installation is stopped, everything in rows of an account by which something could be known again: so a table that is
 * made tomorrow is looked for too.
 * @param texts what its owner wrote, by what it is called
 */
export async function tracesOf(
  dataFolder: string,
  hexkeyId: string,
  texts: Readonly<Record<string, string>>,
): Promise<AccountTraces> {
  const database = await openEmbedded(join(dataFolder, 'api'));
  try {
    const { db } = database;
    const account = await db
      .selectFrom('accounts')
      .selectAll()
      .where('hexkey_id', '=', hexkeyId)
      .executeTakeFirstOrThrow();
    const values: Record<string, string> = { ...texts, account: account.id, 'Hexkey ID': hexkeyId };
    const bytesOf = new Map<string, Uint8Array>();
    const take = (table: string, row: object) => {
      for (const [column, value] of Object.entries(row)) {
        if (foreignColumns.has(column) || value === account.id) continue;
        const name = `${table}.${column} ${Object.keys(values).length}`;
        if (typeof value === 'string' && uuid.test(value)) values[name] = value;
        if (!(value instanceof Uint8Array) || value.length < 16) continue;
        values[name] = Buffer.from(value).toString('hex');
        bytesOf.set(name, value);
      }
    };
    take('accounts', account);
    for (const { table, row } of await rowsOwnedBy(db, account.id, ownerColumns)) take(table, row);
    const named = (column: string) => [...bytesOf].filter(([name]) => name.startsWith(`${column} `));
    const [walletKey] = named('wallets.public_key').map(([, bytes]) => bytes);
    if (walletKey === undefined) throw new Error('the account has no wallet');
    const keys = [
      'accounts.pin_auth_key',
      'wallets.public_key',
      'sessions.device_key',
      'wallets.aik',
    ].flatMap(named);
    const record = recordIdOf({ tenant: tenantOf(dataFolder), userId: account.id });
    const atNodes = { ...Object.fromEntries(keys), record };
    return { accountId: account.id, values, walletKey, atNodes };
  } finally {
    await database.close();
  }
}

/** In which tables of the stopped account server traces are: "table: what", without numbers. */
export async function findAtServer(dataFolder: string, { values }: AccountTraces): Promise<string[]> {
  const database = await openEmbedded(join(dataFolder, 'api'));
  try {
    const found = await findInTables(database.db, values);
    return [...new Set(found.map((one) => one.replace(/ \d+$/, '')))];
  } finally {
    await database.close();
  }
}

/** In which files of the five nodes traces are, as bytes: what was deleted and not overwritten too. "what in file" */
export function findAtNodes(dataFolder: string, { atNodes }: AccountTraces): readonly string[] {
  const canaries = Object.entries(atNodes).flatMap(([name, bytes]) => bytesCanaries(name, bytes));
  return [1, 2, 3, 4, 5].flatMap((node) =>
    findInFolder(join(dataFolder, `node-${node}`), canaries).found.map((one) => `node ${node}: ${one}`),
  );
}

/** As `node-set.json` says. */
function tenantOf(dataFolder: string): string {
  const { payload } = JSON.parse(readFileSync(join(dataFolder, 'node-set.json'), 'utf8')) as {
    payload: string;
  };
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { tenant: string }).tenant;
}
