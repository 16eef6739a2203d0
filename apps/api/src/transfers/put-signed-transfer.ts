import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { concatBytes, equalBytes, verifyEd25519 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * Keeps the signed bytes of an announced transfer, once and for ever: one signature count, the wallet's signature, the announced message
 * (Solana, "Transactions": compact array of signatures, then the message).
 * @throws {DomainError} `NotFound` (transfer), `TransferRefused` (bytes)
 */
export async function putSignedTransfer(
  deps: Pick<Deps, 'transact'>,
  { account }: Caller,
  { intentId, transaction: text }: BodyOf<typeof routes.putSignedTransfer>,
): Promise<void> {
  const transaction = readBytes(text, 'transaction');
  await deps.transact(async (stores) => {
    const [wallet, announced] = [
      await stores.wallets.get(account.id),
      await stores.transfers.get(account.id, intentId),
    ];
    if (wallet === null || announced === null) throw new DomainError('NotFound', { what: 'transfer' });
    if (!isSigned(transaction, announced.message, wallet.public_key))
      throw new DomainError('TransferRefused', { reason: 'bytes' });
    if (await stores.transfers.putSigned(account.id, intentId, transaction)) return;
    const there =
      announced.signed_transaction ?? (await stores.transfers.get(account.id, intentId))?.signed_transaction;
    if (there == null || !equalBytes(there, transaction))
      throw new DomainError('TransferRefused', { reason: 'bytes' });
  });
}

function isSigned(transaction: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  const signature = transaction.subarray(1, 65);
  return (
    equalBytes(transaction, concatBytes(Uint8Array.of(1), signature, message)) &&
    verifyEd25519(publicKey, message, signature)
  );
}
