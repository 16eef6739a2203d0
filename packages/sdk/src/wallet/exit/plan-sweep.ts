import { DomainError } from '@hexkey/contract';
import {
  associatedTokenAddress,
  baseFeeLamports,
  equalBytes,
  fromBase58,
  toBase58,
  walletProgramAddress,
} from '@hexkey/protocol';
import { knownMintsFirst } from '../ledger/known-first.ts';
import { type Ledger, solAsset, type TokenHolding } from '../ledger/ledger.ts';
import { assetOf } from '../transfers/quote-transfer.ts';
import type { SweepPlan } from '../wallet.ts';
import type { KeptTransfer } from '../wallet-book.ts';

const emptyAccountBytes = 0;
const tokenAccountBytes = 165;

/**
 * Everything the wallet holds, and what of it can move: each token that SOL is left to pay for, then SOL.
 * @param wallet address, 32 bytes
 * @param to 32 bytes
 * @throws {DomainError} `InvalidAddress`: the wallet itself, a mint, a token account, a program; `LedgerUnavailable`
 */
export async function planSweep(
  ledger: Ledger,
  wallet: Uint8Array,
  to: Uint8Array,
  paid: readonly Pick<KeptTransfer, 'mint'>[],
): Promise<SweepPlan> {
  if (equalBytes(wallet, to)) throw new DomainError('InvalidAddress', {});
  const [lamports, holdings, program, least, tokenRent] = await Promise.all([
    ledger.lamports(toBase58(wallet)),
    ledger.holdings(toBase58(wallet)),
    ledger.ownerOf(toBase58(to)),
    ledger.rentLamports(emptyAccountBytes),
    ledger.rentLamports(tokenAccountBytes),
  ]);
  if (program !== null && program !== toBase58(walletProgramAddress('system')))
    throw new DomainError('InvalidAddress', {});
  const { testAssets } = await ledger.view();
  const known = new Set([...testAssets, ...paid].map(({ mint }) => mint));
  const full = holdings.filter(({ amount }) => amount > 0n);
  const mints = await knownMintsFirst(ledger, [...new Set(full.map(({ mint }) => mint))], paid);
  const goes: SweepPlan['goes'][number][] = [];
  const stays: SweepPlan['stays'][number][] = [];
  let left = lamports;
  for (const mint of mints) {
    const found = await ledger.mint(mint);
    const { here, elsewhere } = amountsOf(full, wallet, mint);
    const asset = await assetOf(ledger, mint, found?.decimals ?? 0);
    if (elsewhere > 0n) stays.push({ asset, amount: elsewhere, why: 'other-account' });
    if (here === 0n || found === null) continue;
    const theirs = associatedTokenAddress(to, fromBase58(mint, 32), found.program);
    const rentLamports = (await ledger.ownerOf(toBase58(theirs))) === null ? tokenRent : 0n;
    const after = left - baseFeeLamports - rentLamports;
    // All of it, or enough to stand: the ledger leaves a payer nothing in between.
    if (after < 0n || (after > 0n && after < least)) {
      stays.push({ asset, amount: here, why: 'no-sol' });
      continue;
    }
    left = after;
    const isKnown = known.has(mint);
    goes.push({ asset, amount: here, feeLamports: baseFeeLamports, rentLamports, isKnown });
  }
  const amount = left - baseFeeLamports;
  if (amount > 0n && (program !== null || amount >= least))
    goes.push({ asset: solAsset, amount, feeLamports: baseFeeLamports, rentLamports: 0n, isKnown: true });
  else if (left > 0n) stays.push({ asset: solAsset, amount: left, why: 'too-little' });
  return { address: toBase58(to), goes, stays };
}

/** Payments go out of the wallet's associated account alone. */
function amountsOf(
  holdings: readonly TokenHolding[],
  wallet: Uint8Array,
  mint: string,
): { readonly here: bigint; readonly elsewhere: bigint } {
  const of = holdings.filter((each) => each.mint === mint);
  const own = of.map(({ program }) =>
    toBase58(associatedTokenAddress(wallet, fromBase58(mint, 32), program)),
  );
  const sum = (accounts: readonly TokenHolding[]) =>
    accounts.reduce((amount, each) => amount + each.amount, 0n);
  return {
    here: sum(of.filter(({ account }) => own.includes(account))),
    elsewhere: sum(of.filter(({ account }) => !own.includes(account))),
  };
}
