import type { Address } from '@solana/kit';
import type { Account } from '../ledger/account.ts';
import { type TokenAmount, tokenAmount } from './token-amount.ts';
import { mintOf, tokenAccountOf } from './token-layout.ts';

export interface TokenBalance {
  /** Of the account in the message. */
  readonly accountIndex: number;
  readonly mint: Address;
  readonly owner: Address;
  readonly programId: Address;
  readonly uiTokenAmount: TokenAmount;
}

/** Balances of those accounts that hold tokens. @param mintAt finds a mint that is not among them */
export function tokenBalances(
  accounts: readonly (Account | null)[],
  mintAt: (address: Address) => Account | null,
): readonly TokenBalance[] {
  return accounts.flatMap((account, accountIndex) => {
    const held = tokenAccountOf(account);
    const mint = held && mintOf(mintAt(held.mint));
    if (account === null || held === null || mint === null) return [];
    const uiTokenAmount = tokenAmount(held.amount, mint.decimals);
    return [{ accountIndex, mint: held.mint, owner: held.owner, programId: account.owner, uiTokenAmount }];
  });
}
