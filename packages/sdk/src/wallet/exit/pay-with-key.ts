import { isKeyOf, signedTransfer, signWithKey, verifyEd25519 } from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { LedgerRefusal, ledgerRpc } from '../ledger/ledger-rpc.ts';
import { type BuiltTransfer, buildTransfer } from '../transfers/quote-transfer.ts';
import { addressOf } from '../transfers/resolve-recipient.ts';
import type { ExportedKey, TransferOrder } from '../wallet.ts';

/** Paying with an exported key: the owner, a Solana RPC, and nobody else. */
export interface KeyPayments {
  /** @throws {DomainError} as `Wallet.quote` */
  build(
    key: ExportedKey,
    order: { readonly address: string } & Pick<TransferOrder, 'mint' | 'amount' | 'memo'>,
  ): Promise<BuiltTransfer>;
  /** @returns what is sent, and nothing else ever for it. @throws {RangeError} a key that is not that of the address */
  sign(key: ExportedKey, built: BuiltTransfer): Uint8Array;
  /** Sends signed bytes until their end is known. The same bytes may be carried as often as anybody likes. @throws {DomainError} `LedgerUnavailable` */
  carry(transaction: Uint8Array, signature: string, lastValidBlockHeight: number): Promise<KeyPaymentEnd>;
}

export type KeyPaymentEnd =
  | { readonly state: 'confirmed' | 'expired' }
  | { readonly state: 'failed'; readonly failure: string };

const betweenLooksMs = 400;
const looksBetweenSends = 5;

/** @param wait resolves after that time */
export function keyPayments(
  deps: Pick<HexkeyDeps, 'fetch' | 'timeout' | 'apiTimeoutMs'>,
  rpcUrl: string,
  wait: (milliseconds: number) => Promise<void>,
): KeyPayments {
  const ledger = openLedger(ledgerRpc(deps, rpcUrl));
  return {
    build: ({ address }, order) =>
      buildTransfer(
        ledger,
        addressOf(address),
        { address: addressOf(order.address), hexkeyId: null, name: null, isContact: false },
        order,
      ),
    sign({ address, scalar }, { message }) {
      const publicKey = addressOf(address);
      if (!isKeyOf(scalar, publicKey)) throw new RangeError('the key is not that of its address');
      const signature = signWithKey(scalar, message);
      if (!verifyEd25519(publicKey, message, signature))
        throw new Error('a signature that does not verify is not sent');
      return signedTransfer(signature, message);
    },
    async carry(transaction, signature, lastValidBlockHeight) {
      for (let looks = 0; ; looks += 1) {
        const end = await endOf(ledger, signature, lastValidBlockHeight);
        if (end !== null) return end;
        if (looks % looksBetweenSends === 0) await sendOnce(ledger, transaction);
        await wait(betweenLooksMs);
      }
    },
  };
}

async function endOf(
  ledger: Ledger,
  signature: string,
  lastValidBlockHeight: number,
): Promise<KeyPaymentEnd | null> {
  // The height first: what is unknown after it was passed can never be executed (ADR 63).
  const height = await ledger.finalizedBlockHeight();
  const status = await ledger.statusOf(signature);
  if (status?.isFinal === true)
    return status.failure === null ? { state: 'confirmed' } : { state: 'failed', failure: status.failure };
  return status === null && height > lastValidBlockHeight ? { state: 'expired' } : null;
}

/** A refusal before execution is not the end: while the blockhash is good the same bytes may be executed by anybody. */
async function sendOnce(ledger: Ledger, transaction: Uint8Array): Promise<void> {
  try {
    await ledger.send(transaction);
  } catch (error) {
    if (!(error instanceof LedgerRefusal)) throw error;
  }
}
