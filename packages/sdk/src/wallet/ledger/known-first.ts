import { associatedTokenAddress, fromBase58, toBase58 } from '@hexkey/protocol';
import type { KeptTransfer } from '../wallet-book.ts';
import type { Ledger, TokenHolding } from './ledger.ts';

/** More mints or token accounts than these are not looked into: strangers can send any number of worthless ones. */
const mostLookedInto = 50;

type Paid = readonly Pick<KeptTransfer, 'mint'>[];

/** Mints that were paid in from here and the ledger's own come first, so that no dust hides them. */
export async function knownMintsFirst(
  ledger: Pick<Ledger, 'view'>,
  mints: readonly string[],
  paid: Paid,
): Promise<readonly string[]> {
  const { testAssets } = await ledger.view();
  const known = new Set([...testAssets, ...paid].map(({ mint }) => mint));
  const rank = (mint: string) => (known.has(mint) ? 0 : 1);
  return mints.toSorted((left, right) => rank(left) - rank(right)).slice(0, mostLookedInto);
}

/** The accounts that payments of those mints come to, before any other. @param owner base58 */
export async function ownAccountsFirst(
  ledger: Pick<Ledger, 'view'>,
  owner: string,
  holdings: readonly TokenHolding[],
  paid: Paid,
): Promise<readonly string[]> {
  const mints = await knownMintsFirst(ledger, [...new Set(holdings.map(({ mint }) => mint))], paid);
  const associated = mints.flatMap((mint) => {
    const held = holdings.find((each) => each.mint === mint);
    if (held === undefined) return [];
    return [toBase58(associatedTokenAddress(fromBase58(owner, 32), fromBase58(mint, 32), held.program))];
  });
  const accounts = holdings.map(({ account }) => account);
  const own = associated.filter((account) => accounts.includes(account));
  return [...new Set([...own, ...accounts])].slice(0, mostLookedInto);
}
