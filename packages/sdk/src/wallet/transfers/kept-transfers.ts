import type { Client } from '../../account/client.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { type KeptTransfer, mostKeptTransfers } from '../wallet-book.ts';

export async function findKept(
  client: Client,
  { accountId }: KeptAccount,
  intentId: string,
): Promise<KeptTransfer | null> {
  const { transfers } = await client.deps.vault.walletBook(accountId);
  return transfers.find((each) => each.intentId === intentId) ?? null;
}

/** Adds one; what is there under its intent stays. */
export async function keepTransfer(
  client: Client,
  { accountId }: KeptAccount,
  transfer: KeptTransfer,
): Promise<void> {
  await client.deps.vault.changeWalletBook(accountId, (book) => {
    if (book.transfers.some(({ intentId }) => intentId === transfer.intentId)) return book;
    const settled = [transfer, ...book.transfers];
    // Those whose end is not known are never dropped.
    const transfers = settled.filter((each, place) => place < mostKeptTransfers || isOpen(each));
    return { ...book, transfers };
  });
  client.walletChanged();
}

/** Changes one in one transaction. Signed bytes are set once and stay. @returns it as it is now */
export async function amendTransfer(
  client: Client,
  { accountId }: KeptAccount,
  intentId: string,
  change: (transfer: KeptTransfer) => KeptTransfer,
): Promise<KeptTransfer> {
  let amended: KeptTransfer | null = null;
  await client.deps.vault.changeWalletBook(accountId, (book) => ({
    ...book,
    transfers: book.transfers.map((each) => {
      if (each.intentId !== intentId) return each;
      const next = change(each);
      amended = each.transaction === null ? next : { ...next, transaction: each.transaction };
      return amended;
    }),
  }));
  client.walletChanged();
  if (amended === null) throw new Error('no such transfer is kept');
  return amended;
}

/** What became of it is not known yet. */
export const isOpen = ({ state }: Pick<KeptTransfer, 'state'>) => state === 'begun' || state === 'signed';
