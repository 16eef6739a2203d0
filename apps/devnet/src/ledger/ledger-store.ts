import { join } from 'node:path';
import type { Address } from '@solana/kit';
import Database from 'libsql';
import type { SlotMark } from '../slots/slot-clock.ts';
import type { Account } from './account.ts';
import type { ExecutionRecord } from './execution-record.ts';

/** One executed transaction and all it changed. */
export interface Execution {
  readonly signature: string;
  /** SHA-256 of the message: one message executes once, whatever signatures it carries. */
  readonly messageHash: Uint8Array;
  readonly slot: number;
  readonly atMs: number;
  readonly wire: Uint8Array;
  readonly record: ExecutionRecord;
  /** Every account of the message. */
  readonly addresses: readonly Address[];
  /** New states; null for an account that was emptied. */
  readonly changed: ReadonlyMap<Address, Account | null>;
  /** What the faucet gave by it. */
  readonly grant: Grant | null;
}

export interface Grant {
  readonly address: Address;
  readonly asset: 'sol' | 'token';
  readonly amount: bigint;
}

export interface LoggedTransaction {
  readonly signature: string;
  readonly slot: number;
  readonly atMs: number;
  readonly wire: Uint8Array;
  readonly record: ExecutionRecord;
}

export interface HistoryQuery {
  readonly address: Address;
  readonly maxSlot: number;
  readonly before: string | null;
  readonly until: string | null;
  readonly limit: number;
}

export interface LedgerStore {
  mark(): SlotMark | null;
  accounts(): Iterable<readonly [Address, Account]>;
  /** Accounts of the first moment, which no transaction made. Once. */
  begin(accounts: ReadonlyMap<Address, Account>, mark: SlotMark): void;
  hasMessage(messageHash: Uint8Array): boolean;
  /** All of it or nothing, and on the disk when this returns. @throws when it could not be written */
  append(execution: Execution): void;
  find(signature: string): LoggedTransaction | null;
  history(query: HistoryQuery): readonly LoggedTransaction[];
  count(): number;
  /** Addresses of token accounts of an owner, in the state after the last execution. */
  tokenAccounts(program: Address, owner: Uint8Array): readonly Address[];
  /** What the faucet gave to an address since then. */
  granted(address: Address, asset: Grant['asset'], sinceMs: number): bigint;
  close(): void;
}

const fileName = 'ledger.sqlite';

/**
 * The transaction log and the state of accounts in one SQLite file, so that both change in one transaction. WAL with
 * `synchronous=FULL` syncs at every commit (SQLite documentation, "PRAGMA synchronous").
 */
export function sqliteLedgerStore(dataFolder: string): LedgerStore {
  const database = new Database(join(dataFolder, fileName));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  // Lamports are text: they go up to 2^64, integers of SQLite to 2^63. Bytes 32 to 63 of a token account are its owner.
  database.exec(`
    create table if not exists beginning (
      id integer primary key check (id = 1), slot integer not null, at_ms integer not null);
    create table if not exists accounts (
      address text primary key, lamports text not null, owner text not null, executable integer not null, data blob not null);
    create index if not exists accounts_by_token_owner on accounts (owner, substr(data, 33, 32)) where length(data) >= 165;
    create table if not exists transactions (
      id integer primary key, signature text not null unique, message_hash blob not null unique,
      slot integer not null, at_ms integer not null, wire blob not null, record text not null);
    create table if not exists transaction_accounts (
      address text, transaction_id integer, primary key (address, transaction_id)) without rowid;
    create table if not exists grants (
      transaction_id integer primary key, address text not null, asset text not null, amount text not null, at_ms integer not null);
    create index if not exists grants_by_address on grants (address, asset, at_ms);`);

  const lastTransaction = database.prepare('select slot, at_ms from transactions order by id desc limit 1');
  const beginning = database.prepare('select slot, at_ms from beginning');
  const insertBeginning = database.prepare('insert into beginning (id, slot, at_ms) values (1, ?, ?)');
  const allAccounts = database.prepare(
    'select address, lamports, owner, executable, data from accounts order by executable, address',
  );
  const putAccount = database.prepare(
    `insert into accounts (address, lamports, owner, executable, data) values (?, ?, ?, ?, ?)
     on conflict (address) do update set lamports = excluded.lamports, owner = excluded.owner,
       executable = excluded.executable, data = excluded.data`,
  );
  const dropAccount = database.prepare('delete from accounts where address = ?');
  const findMessage = database.prepare('select 1 as found from transactions where message_hash = ?');
  const insertTransaction = database.prepare(
    `insert into transactions (signature, message_hash, slot, at_ms, wire, record) values (?, ?, ?, ?, ?, ?)
     returning id`,
  );
  const insertAddress = database.prepare(
    'insert into transaction_accounts (address, transaction_id) values (?, ?) on conflict do nothing',
  );
  const insertGrant = database.prepare(
    'insert into grants (transaction_id, address, asset, amount, at_ms) values (?, ?, ?, ?, ?)',
  );
  const columns = 't.signature, t.slot, t.at_ms, t.wire, t.record';
  const findSignature = database.prepare(`select ${columns} from transactions t where t.signature = ?`);
  const listHistory = database.prepare(
    `select ${columns} from transaction_accounts a join transactions t on t.id = a.transaction_id
     where a.address = ? and t.slot <= ?
       and a.transaction_id < coalesce((select id from transactions where signature = ?), 9e18)
       and a.transaction_id > coalesce((select id from transactions where signature = ?), 0)
     order by a.transaction_id desc limit ?`,
  );
  const countAll = database.prepare('select count(*) as count from transactions');
  const listTokenAccounts = database.prepare(
    'select address from accounts where owner = ? and substr(data, 33, 32) = ? and length(data) >= 165',
  );
  const listGrants = database.prepare(
    'select amount from grants where address = ? and asset = ? and at_ms > ?',
  );

  // The library is synchronous and untyped per statement: each cast names the columns of the statement above it.
  const putAll = (accounts: ReadonlyMap<Address, Account | null>) => {
    for (const [address, account] of accounts) {
      if (account === null) dropAccount.run(address);
      else {
        const { lamports, owner, executable, data } = account;
        putAccount.run(address, String(lamports), owner, executable ? 1 : 0, Buffer.from(data));
      }
    }
  };
  const begin = database.transaction((accounts: ReadonlyMap<Address, Account>, mark: SlotMark) => {
    insertBeginning.run(mark.slot, mark.atMs);
    putAll(accounts);
  });
  const append = database.transaction((execution: Execution) => {
    const { signature, messageHash, slot, atMs, wire, record, grant } = execution;
    const { id } = insertTransaction.get(
      signature,
      Buffer.from(messageHash),
      slot,
      atMs,
      Buffer.from(wire),
      JSON.stringify(record),
    ) as { id: number };
    for (const address of execution.addresses) insertAddress.run(address, id);
    if (grant !== null) insertGrant.run(id, grant.address, grant.asset, String(grant.amount), atMs);
    putAll(execution.changed);
  });

  return {
    mark() {
      const row = (lastTransaction.get() ?? beginning.get()) as { slot: number; at_ms: number } | undefined;
      return row === undefined ? null : { slot: row.slot, atMs: row.at_ms };
    },
    *accounts() {
      for (const row of allAccounts.all() as AccountRow[])
        yield [
          row.address,
          {
            lamports: BigInt(row.lamports),
            owner: row.owner,
            executable: row.executable === 1,
            data: new Uint8Array(row.data),
          },
        ];
    },
    begin,
    hasMessage: (messageHash) => findMessage.get([Buffer.from(messageHash)]) !== undefined,
    append,
    find(signature) {
      const row = findSignature.get(signature) as TransactionRow | undefined;
      return row === undefined ? null : loggedOf(row);
    },
    history({ address, maxSlot, before, until, limit }) {
      return (listHistory.all(address, maxSlot, before, until, limit) as TransactionRow[]).map(loggedOf);
    },
    count: () => (countAll.get() as { count: number }).count,
    tokenAccounts(program, owner) {
      return (listTokenAccounts.all(program, Buffer.from(owner)) as { address: Address }[]).map(
        ({ address }) => address,
      );
    },
    granted(address, asset, sinceMs) {
      const rows = listGrants.all(address, asset, sinceMs) as { amount: string }[];
      return rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    },
    close: () => database.close(),
  };
}

interface AccountRow {
  readonly address: Address;
  readonly lamports: string;
  readonly owner: Address;
  readonly executable: number;
  readonly data: ArrayBuffer;
}

interface TransactionRow {
  readonly signature: string;
  readonly slot: number;
  readonly at_ms: number;
  readonly wire: ArrayBuffer;
  readonly record: string;
}

function loggedOf({ signature, slot, at_ms, wire, record }: TransactionRow): LoggedTransaction {
  return { signature, slot, atMs: at_ms, wire: new Uint8Array(wire), record: JSON.parse(record) };
}
