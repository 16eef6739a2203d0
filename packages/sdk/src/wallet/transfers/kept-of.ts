import { toBase58 } from '@hexkey/protocol';
import type { TransferOrder } from '../wallet.ts';
import type { KeptTransfer } from '../wallet-book.ts';
import type { BuiltTransfer } from './quote-transfer.ts';
import type { Payee } from './resolve-recipient.ts';

/** What was ordered, and the message that was built of it. */
export interface Ordered {
  readonly order: TransferOrder;
  readonly payee: Payee;
  readonly built: BuiltTransfer;
}

/** The row of a payment that is begun. */
export function keptOf(intentId: string, { order, payee, built }: Ordered, nowMs: number): KeptTransfer {
  return {
    intentId,
    createdAtMs: nowMs,
    message: built.message,
    lastValidBlockHeight: built.lastValidBlockHeight,
    recipient: toBase58(payee.address),
    recipientHexkeyId: 'hexkeyId' in order.to ? order.to.hexkeyId : null,
    mint: order.mint,
    amount: order.amount.toString(),
    memo: built.read.memo,
    chatId: order.chatId ?? null,
    symbol: built.asset.symbol,
    decimals: built.asset.decimals,
    feeLamports: built.feeLamports.toString(),
    attempt: 0,
    transaction: null,
    state: 'begun',
    failure: null,
    told: 'nothing',
    ...(order.withoutServer === true ? { offServer: true as const } : {}),
    isCardSent: false,
    cheatingNodes: [],
  };
}
