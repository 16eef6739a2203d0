import { emptyIdentityBook, type IdentityBook } from '../identity/identity-book.ts';
import { noPinNotes, type PinNotes } from '../pin-notes/pin-notes.ts';
import { emptyTeamBox, type TeamBox } from '../team-hexkey/team-box.ts';
import { emptyWalletBook, type WalletBook } from '../wallet/wallet-book.ts';
import type { DeviceSeal } from './device-seal.ts';
import type { KeptAccount, KeptRegistration, Vault } from './vault.ts';

/** A vault that lives as long as the process: for the tests and for clients that keep nothing. */
export function memoryVault(): Vault {
  const accounts = new Map<string, KeptAccount>();
  const notes = new Map<string, PinNotes>();
  const logs = new Map<string, DeviceSeal>();
  const teamBoxes = new Map<string, TeamBox>();
  const identityBooks = new Map<string, IdentityBook>();
  const walletBooks = new Map<string, WalletBook>();
  let currentId: string | null = null;
  let registration: KeptRegistration | null = null;
  return {
    currentAccount: async () => (currentId === null ? null : (accounts.get(currentId) ?? null)),
    account: async (accountId) => accounts.get(accountId) ?? null,
    async keepAccount(account) {
      accounts.set(account.accountId, account);
      currentId = account.accountId;
    },
    async amendAccount(accountId, change) {
      const account = accounts.get(accountId);
      if (account !== undefined) accounts.set(accountId, change(account));
    },
    async leaveAccount() {
      currentId = null;
    },
    pinNotes: async (accountId) => notes.get(accountId) ?? noPinNotes,
    async changePinNotes(accountId, change) {
      notes.set(accountId, change(notes.get(accountId) ?? noPinNotes));
    },
    attemptLog: async (accountId) => logs.get(accountId) ?? null,
    async keepAttemptLog(accountId, log) {
      if (accounts.has(accountId)) logs.set(accountId, log);
    },
    teamBox: async (accountId) => teamBoxes.get(accountId) ?? emptyTeamBox,
    async changeTeamBox(accountId, change) {
      if (accounts.has(accountId)) teamBoxes.set(accountId, change(teamBoxes.get(accountId) ?? emptyTeamBox));
    },
    identityBook: async (accountId) => identityBooks.get(accountId) ?? emptyIdentityBook,
    async changeIdentityBook(accountId, change) {
      if (accounts.has(accountId))
        identityBooks.set(accountId, change(identityBooks.get(accountId) ?? emptyIdentityBook));
    },
    walletBook: async (accountId) => walletBooks.get(accountId) ?? emptyWalletBook,
    async changeWalletBook(accountId, change) {
      if (accounts.has(accountId))
        walletBooks.set(accountId, change(walletBooks.get(accountId) ?? emptyWalletBook));
    },
    async eraseAccount(accountId) {
      walletBooks.delete(accountId);
      identityBooks.delete(accountId);
      teamBoxes.delete(accountId);
      accounts.delete(accountId);
      notes.delete(accountId);
      logs.delete(accountId);
      if (currentId === accountId) currentId = null;
    },
    registration: async () => registration,
    async keepRegistration(next) {
      registration = next;
    },
    async dropRegistration() {
      registration = null;
    },
  };
}
