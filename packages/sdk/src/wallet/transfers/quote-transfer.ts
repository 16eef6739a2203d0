import { DomainError } from '@hexkey/contract';
import {
  associatedTokenAddress,
  baseFeeLamports,
  equalBytes,
  fromBase58,
  type NewTransfer,
  type ReadTransfer,
  readTransfer,
  toBase58,
  walletProgramAddress,
  writeTransfer,
} from '@hexkey/protocol';
import { type Ledger, solAsset } from '../ledger/ledger.ts';
import type { Asset, TransferOrder, TransferWarning } from '../wallet.ts';
import type { KeptTransfer, WalletBook } from '../wallet-book.ts';
import type { Payee } from './resolve-recipient.ts';

/** A transfer as it is built and decoded again, and what is to be confirmed about it. */
export interface BuiltTransfer {
  readonly message: Uint8Array<ArrayBuffer>;
  readonly lastValidBlockHeight: number;
  readonly read: ReadTransfer;
  readonly asset: Asset;
  readonly feeLamports: bigint;
  readonly rentLamports: bigint;
  readonly isLarge: boolean;
}

/** An account without data: less than this the ledger does not let stand. */
const emptyAccountBytes = 0;
const tokenAccountBytes = 165;

/**
 * Builds the message of an order over what the ledger says now. What is shown of it afterwards comes out of the bytes again.
 * @param wallet address, 32 bytes
 * @throws {DomainError} `InsufficientBalance`, `InvalidAddress`, `FirstPaymentTooSmall`, `InvalidField` (amount, memo), `LedgerUnavailable`
 */
export async function buildTransfer(
  ledger: Ledger,
  wallet: Uint8Array,
  payee: Payee,
  order: Pick<TransferOrder, 'mint' | 'amount' | 'memo'>,
): Promise<BuiltTransfer> {
  if (order.amount <= 0n || order.amount >= 2n ** 64n)
    throw new DomainError('InvalidField', { field: 'amount', problem: 'not an amount that can be sent' });
  if (equalBytes(payee.address, wallet)) throw new DomainError('InvalidAddress', {});
  const [{ blockhash, lastValidBlockHeight }, lamports, recipientProgram, least] = await Promise.all([
    ledger.latestBlockhash(),
    ledger.lamports(toBase58(wallet)),
    ledger.ownerOf(toBase58(payee.address)),
    ledger.rentLamports(emptyAccountBytes),
  ]);
  // A mint, a token account, a program: what goes there is lost.
  if (recipientProgram !== null && recipientProgram !== toBase58(walletProgramAddress('system')))
    throw new DomainError('InvalidAddress', {});
  const planned =
    order.mint === null
      ? planSol(payee, order.amount, { lamports, isNew: recipientProgram === null, least })
      : await planToken(ledger, wallet, payee, { mint: order.mint, amount: order.amount });
  const { payment, asset, rentLamports, available } = planned;
  const needed = baseFeeLamports + rentLamports + (order.mint === null ? order.amount : 0n);
  // All of it, or enough to stand: the ledger takes nothing in between.
  const left = lamports - needed;
  if (left < 0n || (left > 0n && left < least))
    throw insufficient(null, left < 0n ? needed : needed + least, lamports);
  const memo = order.memo === '' ? null : order.memo;
  const message = writeTransfer({ wallet, recentBlockhash: blockhash, payment, memo, compute: null });
  const reading = readTransfer(wallet, message);
  if (reading.verdict === 'not-allowed')
    throw new DomainError('InvalidField', { field: 'memo', problem: 'is too long' });
  return {
    message,
    lastValidBlockHeight,
    read: reading.transfer,
    asset,
    feeLamports: baseFeeLamports,
    rentLamports,
    isLarge: 2n * order.amount > available,
  };
}

interface Plan {
  readonly payment: NewTransfer['payment'];
  readonly asset: Asset;
  readonly rentLamports: bigint;
  readonly available: bigint;
}

function planSol(
  payee: Payee,
  amount: bigint,
  { lamports, isNew, least }: { readonly lamports: bigint; readonly isNew: boolean; readonly least: bigint },
): Plan {
  if (lamports < amount + baseFeeLamports) throw insufficient(null, amount + baseFeeLamports, lamports);
  if (isNew && amount < least)
    throw new DomainError('FirstPaymentTooSmall', { leastLamports: least.toString() });
  const payment = { asset: 'sol', destination: payee.address, amount } as const;
  return { payment, asset: solAsset, rentLamports: 0n, available: lamports };
}

async function planToken(
  ledger: Ledger,
  wallet: Uint8Array,
  payee: Payee,
  order: { readonly mint: string; readonly amount: bigint },
): Promise<Plan> {
  const found = await ledger.mint(order.mint);
  if (found === null) throw new DomainError('InvalidAddress', {});
  const { program, decimals } = found;
  const mint = fromBase58(order.mint, 32);
  const source = associatedTokenAddress(wallet, mint, program);
  const destination = associatedTokenAddress(payee.address, mint, program);
  const [available, asset, isThere] = await Promise.all([
    ledger.heldIn(toBase58(source)),
    assetOf(ledger, order.mint, decimals),
    ledger.ownerOf(toBase58(destination)).then((owner) => owner !== null),
  ]);
  if (available < order.amount) throw insufficient(order.mint, order.amount, available);
  const payment = {
    asset: 'token',
    program,
    mint,
    source,
    destination,
    amount: order.amount,
    decimals,
    createFor: isThere ? null : payee.address,
  } as const;
  const rentLamports = isThere ? 0n : await ledger.rentLamports(tokenAccountBytes);
  return { payment, asset, rentLamports, available };
}

/** What is known of a mint: names only of the ledger's own test tokens, so that nobody's token borrows one. */
export async function assetOf(ledger: Ledger, mint: string | null, decimals: number): Promise<Asset> {
  if (mint === null) return solAsset;
  const { testAssets } = await ledger.view();
  const short = `${mint.slice(0, 4)}…${mint.slice(-4)}`;
  return testAssets.find((asset) => asset.mint === mint) ?? { mint, symbol: short, name: mint, decimals };
}

const duplicateWithinMs = 60 * 60_000;

/** What the owner is to confirm on its own before the PIN is asked for. */
export function warningsOf(
  { transfers }: Pick<WalletBook, 'transfers'>,
  payee: Payee,
  built: Pick<BuiltTransfer, 'isLarge'>,
  order: Pick<TransferOrder, 'mint' | 'amount'>,
  nowMs: number,
): readonly TransferWarning[] {
  const recipient = toBase58(payee.address);
  const paid = transfers.filter((each) => each.recipient === recipient && mayHavePaid(each));
  const same = paid.find(
    (each) =>
      each.mint === order.mint &&
      each.amount === order.amount.toString() &&
      each.createdAtMs > nowMs - duplicateWithinMs,
  );
  return [
    ...(payee.isContact || paid.length > 0 ? [] : [{ kind: 'stranger' } as const]),
    ...(same === undefined ? [] : [{ kind: 'duplicate', atMs: same.createdAtMs } as const]),
    ...(built.isLarge ? [{ kind: 'large' } as const] : []),
  ];
}

export const mayHavePaid = ({ state }: Pick<KeptTransfer, 'state'>) =>
  state === 'signed' || state === 'confirmed';

function insufficient(mint: string | null, needed: bigint, available: bigint): DomainError {
  return new DomainError('InsufficientBalance', {
    mint,
    needed: needed.toString(),
    available: available.toString(),
  });
}
