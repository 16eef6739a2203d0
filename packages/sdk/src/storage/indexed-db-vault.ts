import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { emptyIdentityBook, type IdentityBook } from '../identity/identity-book.ts';
import { noPinNotes, type PinNotes } from '../pin-notes/pin-notes.ts';
import { emptyTeamBox, type TeamBox } from '../team-hexkey/team-box.ts';
import { emptyWalletBook, type WalletBook } from '../wallet/wallet-book.ts';
import type { DeviceSeal } from './device-seal.ts';
import { storageRefusal } from './storage-refusal.ts';
import type { KeptAccount, KeptRegistration, Vault } from './vault.ts';

interface IndexSchema extends DBSchema {
  entries: { key: 'current' | 'registration'; value: string | KeptRegistration };
}

interface AccountSchema extends DBSchema {
  account: {
    key: 'self' | 'pin-notes' | 'attempt-log' | 'team-hexkey' | 'identity' | 'wallet';
    value: AccountValue;
  };
}

type AccountValue = KeptAccount | PinNotes | DeviceSeal | TeamBox | IdentityBook | WalletBook;

/** Raised with the layout; an older layout is then moved in `upgrade`. */
const layout = 1;
const accountName = (accountId: string) => `hexkey/v${layout}/${accountId}`;

/**
 * The vault of a browser: a small index, and one database for each account, named by it, so that accounts cannot be mixed up and one
 * can be erased whole. Keys are stored as Web Crypto objects, whose bytes no script can read.
 * @param seat names the index, where one browser has several accounts at once; null for the first
 */
export function indexedDbVault(seat: string | null = null): Vault {
  const indexName = `hexkey/v${layout}/index${seat === null ? '' : `/${seat}`}`;
  const inIndex = <T>(use: (index: IDBPDatabase<IndexSchema>) => Promise<T>) => inIndexOf(indexName, use);
  let asking: Promise<KeptAccount | null> | null = null;
  return {
    currentAccount() {
      // Everything a page shows asks for it, all at once: whoever asks before it is looked up is told with the others.
      asking ??= readCurrent(indexName, () => {
        asking = null;
      });
      return asking;
    },
    account: readAccount,
    async keepAccount(account) {
      await inAccount(account.accountId, (database) => database.put('account', account, 'self'));
      // Second: the index never names an account that is not there.
      await inIndex((index) => index.put('entries', account.accountId, 'current'));
    },
    async amendAccount(accountId, change) {
      await inAccount(accountId, async (database) => {
        const transaction = database.transaction('account', 'readwrite');
        const account = accountIn(await transaction.store.get('self'));
        if (account !== null) await transaction.store.put(change(account), 'self');
        await transaction.done;
      });
    },
    async leaveAccount() {
      await inIndex((index) => index.delete('entries', 'current'));
    },
    pinNotes: (accountId) =>
      inAccount(accountId, async (database) => notesIn(await database.get('account', 'pin-notes'))),
    async changePinNotes(accountId, change) {
      await inAccount(accountId, async (database) => {
        const { store, done } = database.transaction('account', 'readwrite');
        await store.put(change(notesIn(await store.get('pin-notes'))), 'pin-notes');
        await done;
      });
    },
    attemptLog: (accountId) =>
      inAccount(accountId, async (database) => logIn(await database.get('account', 'attempt-log'))),
    async keepAttemptLog(accountId, log) {
      await inAccount(accountId, async (database) => {
        const { store, done } = database.transaction('account', 'readwrite');
        if ((await store.getKey('self')) !== undefined) await store.put(log, 'attempt-log');
        await done;
      });
    },
    teamBox: (accountId) =>
      inAccount(accountId, async (database) => boxIn(await database.get('account', 'team-hexkey'))),
    async changeTeamBox(accountId, change) {
      await inAccount(accountId, async (database) => {
        const { store, done } = database.transaction('account', 'readwrite');
        if ((await store.getKey('self')) !== undefined)
          await store.put(change(boxIn(await store.get('team-hexkey'))), 'team-hexkey');
        await done;
      });
    },
    identityBook: (accountId) =>
      inAccount(accountId, async (database) => bookIn(await database.get('account', 'identity'))),
    async changeIdentityBook(accountId, change) {
      await inAccount(accountId, async (database) => {
        const { store, done } = database.transaction('account', 'readwrite');
        if ((await store.getKey('self')) !== undefined)
          await store.put(change(bookIn(await store.get('identity'))), 'identity');
        await done;
      });
    },
    walletBook: (accountId) =>
      inAccount(accountId, async (database) => walletIn(await database.get('account', 'wallet'))),
    async changeWalletBook(accountId, change) {
      await inAccount(accountId, async (database) => {
        const { store, done } = database.transaction('account', 'readwrite');
        if ((await store.getKey('self')) !== undefined)
          await store.put(change(walletIn(await store.get('wallet'))), 'wallet');
        await done;
      });
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

/**
 * What is kept of an account has one place in a browser, whichever seat it was written at; this makes it the current one of another seat.
 * One that has an account of its own there keeps it.
 */
export async function handOverAccount(from: string | null, to: string | null): Promise<void> {
  const [vault, other] = [indexedDbVault(from), indexedDbVault(to)];
  const account = await vault.currentAccount();
  if (account === null || (await other.currentAccount()) !== null) return;
  await other.keepAccount(account);
  await vault.leaveAccount();
}

/** @param begun called when it is looked up, or could not be: who asks later is to be told anew */
async function readCurrent(indexName: string, begun: () => void): Promise<KeptAccount | null> {
  try {
    const accountId = await inIndexOf(indexName, (index) => {
      begun();
      return index.get('entries', 'current');
    });
    return typeof accountId === 'string' ? await readAccount(accountId) : null;
  } catch (error) {
    begun();
    throw error;
  }
}

async function readAccount(accountId: string): Promise<KeptAccount | null> {
  return accountIn(await inAccount(accountId, (database) => database.get('account', 'self')));
}

// One store holds all of it, so that an account is erased whole.
const accountIn = (kept: AccountValue | undefined): KeptAccount | null =>
  kept !== undefined && 'accountId' in kept ? kept : null;
const notesIn = (kept: AccountValue | undefined): PinNotes =>
  kept !== undefined && 'tried' in kept ? kept : noPinNotes;
const logIn = (kept: AccountValue | undefined): DeviceSeal | null =>
  kept !== undefined && 'ciphertext' in kept ? kept : null;

const boxIn = (kept: AccountValue | undefined): TeamBox =>
  kept !== undefined && 'publishedFor' in kept ? kept : emptyTeamBox;

const bookIn = (kept: AccountValue | undefined): IdentityBook =>
  kept !== undefined && 'pins' in kept ? kept : emptyIdentityBook;

const walletIn = (kept: AccountValue | undefined): WalletBook =>
  kept !== undefined && 'payees' in kept ? kept : emptyWalletBook;

/** Opens for one use: an open connection of a sleeping tab would block another tab that erases the account. */
async function inIndexOf<T>(
  indexName: string,
  use: (index: IDBPDatabase<IndexSchema>) => Promise<T>,
): Promise<T> {
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
