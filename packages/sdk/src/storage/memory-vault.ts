import type { KeptAccount, KeptRegistration, Vault } from './vault.ts';

/** A vault that lives as long as the process: for the tests and for clients that keep nothing. */
export function memoryVault(): Vault {
  const accounts = new Map<string, KeptAccount>();
  let currentId: string | null = null;
  let registration: KeptRegistration | null = null;
  return {
    currentAccount: async () => (currentId === null ? null : (accounts.get(currentId) ?? null)),
    account: async (accountId) => accounts.get(accountId) ?? null,
    async keepAccount(account) {
      accounts.set(account.accountId, account);
      currentId = account.accountId;
    },
    async leaveAccount() {
      currentId = null;
    },
    async eraseAccount(accountId) {
      accounts.delete(accountId);
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
