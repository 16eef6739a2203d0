import type { Account } from '../ledger/account.ts';
import { tokenAmount } from './token-amount.ts';
import { type Mint, mintOf, type TokenAccount, token2022Program, tokenAccountOf } from './token-layout.ts';

/** `jsonParsed` of a token account or a mint (Agave, account-decoder `parse_token`); null for anything else. */
export function parseTokenData(account: Account, mintAccount: Account | null): object | null {
  const held = tokenAccountOf(account);
  const heldMint = mintOf(mintAccount);
  const mint = mintOf(account);
  const parsed =
    held !== null && heldMint !== null
      ? { type: 'account', info: accountInfo(held, heldMint.decimals) }
      : mint !== null
        ? { type: 'mint', info: mintInfo(mint) }
        : null;
  if (parsed === null) return null;
  const program = account.owner === token2022Program ? 'spl-token-2022' : 'spl-token';
  return { program, parsed, space: account.data.length };
}

function accountInfo(held: TokenAccount, decimals: number): object {
  return {
    mint: held.mint,
    owner: held.owner,
    tokenAmount: tokenAmount(held.amount, decimals),
    ...(held.delegate !== null && {
      delegate: held.delegate,
      delegatedAmount: tokenAmount(held.delegatedAmount, decimals),
    }),
    state: held.state,
    isNative: held.nativeReserve !== null,
    ...(held.nativeReserve !== null && { rentExemptReserve: tokenAmount(held.nativeReserve, decimals) }),
    ...(held.closeAuthority !== null && { closeAuthority: held.closeAuthority }),
    ...extensions(held.extensions),
  };
}

function mintInfo({ mintAuthority, supply, decimals, freezeAuthority, extensions: types }: Mint): object {
  return {
    mintAuthority,
    supply: String(supply),
    decimals,
    isInitialized: true,
    freezeAuthority,
    ...extensions(types),
  };
}

const immutableOwner = 7;

/** Named where there is nothing more to say about one; Agave's word for the others. */
function extensions(types: readonly number[] | null): object {
  if (types === null || types.length === 0) return {};
  const named = types.map((type) => (type === immutableOwner ? 'immutableOwner' : 'unparseableExtension'));
  return { extensions: named.map((extension) => ({ extension })) };
}
