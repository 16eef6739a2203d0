import type { KeptAccount } from '../storage/vault.ts';

/** How operations of the open account are run; `createHexkey` orders them and ends the session when it turns out to be over. */
export interface OpenAccount {
  /** At once, beside others. */
  read<T>(operation: (account: KeptAccount) => Promise<T>): Promise<T>;
  /** After what this account is doing already: PIN entries, and what changes what is kept here. */
  act<T>(operation: (account: KeptAccount) => Promise<T>): Promise<T>;
}
