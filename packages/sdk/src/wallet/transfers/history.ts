import { ownAccountsFirst } from '../ledger/known-first.ts';
import type { Ledger, LedgerEntry, LedgerMention } from '../ledger/ledger.ts';
import type { Asset, Transfer, TransferPage } from '../wallet.ts';
import type { KeptTransfer, WalletBook } from '../wallet-book.ts';
import { signatureOf } from './carry-transfer.ts';
import { assetOf } from './quote-transfer.ts';

const pageLength = 20;
/** How far back a history goes, for each account of the wallet. */
const mostMentions = 200;

/**
 * One page, newest first: what the ledger has of the wallet and of its token accounts, and what was begun here and is not there (yet).
 * @param before id of the last transfer of the page before
 * @throws {DomainError} `LedgerUnavailable`
 */
export async function readHistory(
  ledger: Ledger,
  address: string,
  book: WalletBook,
  before: string | null,
): Promise<TransferPage> {
  const own = new Map(
    book.transfers.flatMap((each) =>
      each.transaction === null ? [] : [[signatureOf(each.transaction), each] as const],
    ),
  );
  const cursor = before === null ? null : cursorOf(book, before);
  const holdings = await ledger.holdings(address);
  const accounts = [address, ...(await ownAccountsFirst(ledger, address, holdings, book.transfers))];
  // A signature that an account does not know is no place in its history, so each is read from the top and cut by slot.
  const found = new Map<string, LedgerMention>();
  for (const list of await Promise.all(
    accounts.map((account) => ledger.signaturesFor(account, mostMentions)),
  ))
    for (const mention of list) found.set(mention.signature, mention);
  const signatures = [...found]
    .sort(([left, a], [right, b]) => b.slot - a.slot || (left < right ? 1 : -1))
    .map(([signature]) => signature);
  const from = cursor === null ? 0 : signatures.indexOf(cursor) + 1;
  const page = signatures.slice(from, from + pageLength);
  const entries = await Promise.all(page.map((signature) => ledger.entry(signature)));
  const read = await Promise.all(
    entries.flatMap((entry) =>
      entry === null
        ? []
        : [
            transferOf(ledger, address, book, entry, {
              kept: own.get(entry.signature) ?? null,
              memo: found.get(entry.signature)?.memo ?? null,
            }),
          ],
    ),
  );
  const unseen =
    cursor === null
      ? book.transfers.filter(
          (each) => each.transaction === null || !found.has(signatureOf(each.transaction)),
        )
      : [];
  const transfers = [
    ...unseen.map((kept) => keptView(kept, book)),
    ...read.flatMap((each) => (each === null ? [] : [each])),
  ];
  return {
    transfers: transfers.sort((left, right) => right.atMs - left.atMs),
    more: from + pageLength < signatures.length,
  };
}

/** The signature that an id of a page stands for. */
function cursorOf({ transfers }: WalletBook, id: string): string {
  const transaction = transfers.find(({ intentId }) => intentId === id)?.transaction ?? null;
  return transaction === null ? id : signatureOf(transaction);
}

/** Null for what moved nothing of the wallet's but a fee that somebody else paid. */
async function transferOf(
  ledger: Ledger,
  address: string,
  book: WalletBook,
  entry: LedgerEntry,
  { kept, memo }: { readonly kept: KeptTransfer | null; readonly memo: string | null },
): Promise<Transfer | null> {
  if (kept !== null) {
    const state = entry.failure === null ? 'confirmed' : 'failed';
    return {
      ...keptView(kept, book),
      state,
      failure: entry.failure,
      feeLamports: entry.feeLamports,
      atMs: entry.atMs,
    };
  }
  const isPayer = entry.feePayer === address;
  const changes = entry.changes
    .filter(({ owner }) => owner === address)
    .map((change) =>
      change.mint === null && isPayer ? { ...change, amount: change.amount + entry.feeLamports } : change,
    )
    .filter(({ amount }) => amount !== 0n);
  // Rent of an account that was made comes beside the token it was made for.
  const change = changes.find(({ mint }) => mint !== null) ?? changes[0];
  if (change === undefined) return null;
  const isIn = change.amount > 0n;
  const other = entry.changes.find(
    ({ owner, mint, amount }) => owner !== address && mint === change.mint && amount > 0n !== isIn,
  );
  const counterparty = other?.owner ?? (isIn ? entry.feePayer : '');
  const asset = await assetFor(ledger, change.mint);
  return {
    id: entry.signature,
    direction: isIn ? 'in' : 'out',
    state: entry.failure === null ? 'confirmed' : 'failed',
    failure: entry.failure,
    signature: entry.signature,
    asset,
    amount: isIn ? change.amount : -change.amount,
    feeLamports: isPayer ? entry.feeLamports : 0n,
    counterparty: counterpartyOf(book, counterparty),
    memo,
    atMs: entry.atMs,
    cheatingNodes: [],
  };
}

async function assetFor(ledger: Ledger, mint: string | null): Promise<Asset> {
  const decimals = mint === null ? 9 : ((await ledger.mint(mint))?.decimals ?? 0);
  return assetOf(ledger, mint, decimals);
}

/** A transfer as this device alone knows it. */
export function keptView(kept: KeptTransfer, book: WalletBook): Transfer {
  const { mint, symbol, decimals, state } = kept;
  return {
    id: kept.intentId,
    direction: 'out',
    state:
      state === 'begun' || state === 'signed' ? 'pending' : state === 'confirmed' ? 'confirmed' : 'failed',
    failure: state === 'expired' ? 'expired' : kept.failure,
    signature: kept.transaction === null ? null : signatureOf(kept.transaction),
    asset: { mint, symbol, name: mint === null ? 'Solana' : symbol, decimals },
    amount: BigInt(kept.amount),
    feeLamports: BigInt(kept.feeLamports),
    counterparty: counterpartyOf(book, kept.recipient),
    memo: kept.memo,
    atMs: kept.createdAtMs,
    cheatingNodes: kept.cheatingNodes,
  };
}

/** A transfer with whoever the address has turned out to be. */
export const withCounterparty =
  (book: WalletBook) =>
  (transfer: Transfer): Transfer => ({
    ...transfer,
    counterparty: counterpartyOf(book, transfer.counterparty.address),
  });

function counterpartyOf({ payees }: WalletBook, address: string): Transfer['counterparty'] {
  const payee = payees[address];
  return { address, hexkeyId: payee?.hexkeyId ?? null, name: payee?.name ?? null };
}
