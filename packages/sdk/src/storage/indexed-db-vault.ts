import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { storageRefusal } from './storage-refusal.ts';
import type { KeptAccount, KeptRegistration, Vault } from './vault.ts';

interface IndexSchema extends DBSchema {
  entries: { key: 'current' | 'registration'; value: string | KeptRegistration };
}

interface AccountSchema extends DBSchema {
  account: { key: 'self'; value: KeptAccount };
}

/** Raised with the layout; an older layout is then moved in `upgrade`. */
const layout = 1;
const indexName = `hexkey/v${layout}/index`;
const accountName = (accountId: string) => `hexkey/v${layout}/${accountId}`;

/**
 * The vault of a browser: a small index, and one database for each account, named by it, so that accounts cannot be mixed up and one
 * can be erased whole. Keys are stored as Web Crypto objects, whose bytes no script can read.
 */
export function indexedDbVault(): Vault {
  return {
    async currentAccount() {
      const accountId = await inIndex((index) => index.get('entries', 'current'));
      return typeof accountId === 'string' ? readAccount(accountId) : null;
    },
    account: readAccount,
    async keepAccount(account) {
      await inAccount(account.accountId, (database) => database.put('account', account, 'self'));
      // Second: the index never names an account that is not there.
      await inIndex((index) => index.put('entries', account.accountId, 'current'));
    },
    async leaveAccount() {
      await inIndex((index) => index.delete('entries', 'current'));
    },
    async eraseAccount(accountId) {
      await inIndex(async (index) => {
        if ((await index.get('entries', 'current')) === accountId) await index.delete('entries', 'current');
      });
      // Emptied first: deleting the database waits for other tabs that have it open.
      await inAccount(accountId, (database) => database.clear('account'));
      await orRefusal(() => deleteDB(accountName(accountId)));
    },
    async registration() {
      const kept = await inIndex((index) => index.get('entries', 'registration'));
      return typeof kept === 'object' ? kept : null;
    },
    async keepRegistration(registration) {
      await inIndex((index) => index.put('entries', registration, 'registration'));
    },
    async dropRegistration() {
      await inIndex((index) => index.delete('entries', 'registration'));
    },
  };
}

async function readAccount(accountId: string): Promise<KeptAccount | null> {
  return (await inAccount(accountId, (database) => database.get('account', 'self'))) ?? null;
}

/** Opens for one use: an open connection of a sleeping tab would block another tab that erases the account. */
async function inIndex<T>(use: (index: IDBPDatabase<IndexSchema>) => Promise<T>): Promise<T> {
  return orRefusal(async () => {
    const index = await openDB<IndexSchema>(indexName, 1, {
      upgrade: (database) => void database.createObjectStore('entries'),
    });
    return use(index).finally(() => index.close());
  });
}

async function inAccount<T>(
  accountId: string,
  use: (account: IDBPDatabase<AccountSchema>) => Promise<T>,
): Promise<T> {
  return orRefusal(async () => {
    const account = await openDB<AccountSchema>(accountName(accountId), 1, {
      upgrade: (database) => void database.createObjectStore('account'),
    });
    return use(account).finally(() => account.close());
  });
}

async function orRefusal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageRefusal(error) ?? error;
  }
}
