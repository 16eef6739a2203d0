import { DomainError } from '@hexkey/contract';
import {
  equalBytes,
  MalformedError,
  type SignedNodeSet,
  type VerifiedNodeSet,
  verifyNodeSet,
} from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { openNodes } from '../../account/open-nodes.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import type { WalletBook } from '../wallet-book.ts';

/** After a right PIN: the nodes are to be found without the server too. @throws {DomainError} what `openNodes` throws */
export async function keepNodeSet(client: Client, account: KeptAccount, book: WalletBook): Promise<void> {
  if (verifiedIn(client, account, book) !== null) return;
  const { channel } = await openNodes(client, account);
  await client.deps.vault.changeWalletBook(account.accountId, (before) => ({
    ...before,
    nodeSet: channel.document,
  }));
}

/**
 * The nodes of the account as this device keeps them. Only the set that the operator signed and that the PIN was proven to on this device is believed.
 * @throws {DomainError} `ServerNeeded` (node-set)
 */
export function keptNodeSet(
  client: Client,
  account: KeptAccount,
  book: WalletBook,
): { readonly set: VerifiedNodeSet; readonly document: SignedNodeSet } {
  const found = verifiedIn(client, account, book);
  if (found === null) throw new DomainError('ServerNeeded', { missing: 'node-set' });
  return found;
}

function verifiedIn(
  { deps }: Client,
  { nodeSetHash }: KeptAccount,
  { nodeSet: document }: WalletBook,
): { readonly set: VerifiedNodeSet; readonly document: SignedNodeSet } | null {
  if (document === undefined || nodeSetHash === null) return null;
  try {
    const set = verifyNodeSet(document, deps.operatorKey);
    return equalBytes(set.hash, nodeSetHash) ? { set, document } : null;
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}
