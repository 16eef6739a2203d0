import type { Address, EncodedAccount } from '@solana/kit';

/** What lies at an address: lamports, and bytes that belong to a program. Null for an address that holds nothing. */
export interface Account {
  readonly lamports: bigint;
  readonly owner: Address;
  readonly executable: boolean;
  readonly data: Uint8Array;
}

export const systemProgram = '11111111111111111111111111111111' as Address;

/** An account of litesvm, with bytes of its own. */
export function accountOf(
  account: Omit<EncodedAccount, 'data'> & { readonly data: ArrayLike<number> },
): Account {
  return {
    lamports: account.lamports,
    owner: account.programAddress,
    executable: account.executable,
    data: Uint8Array.from(account.data),
  };
}

/** As litesvm takes it; an account without lamports is none. */
export function encodedAccount(address: Address, account: Account | null): EncodedAccount {
  const data = account?.data ?? new Uint8Array();
  return {
    address,
    lamports: (account?.lamports ?? 0n) as EncodedAccount['lamports'],
    programAddress: account?.owner ?? systemProgram,
    executable: account?.executable ?? false,
    space: BigInt(data.length),
    data,
  };
}

export function isSameAccount(one: Account | null, other: Account | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.lamports === other.lamports &&
    one.owner === other.owner &&
    one.executable === other.executable &&
    Buffer.compare(one.data, other.data) === 0
  );
}
