import type { Approval, PinProgress, TransferOrder } from '@hexkey/sdk';
import { useEffect, useReducer } from 'react';
import { useOperation } from '../app/use-operation.ts';
import { useBusy } from '../app-update/use-busy.ts';
import { useWallet } from '../wallet/use-wallet.ts';
import { advanceSend, beginSend, type Payee, type SendFlow, type TypedAmount } from './send-flow.ts';
import type { SendStart } from './send-start.ts';

/** From its amount on. What goes on without this page is not among them. */
const underWay: ReadonlySet<SendFlow['at']> = new Set(['amount', 'review', 'approve', 'working', 'failed']);

/** Sending money: whom, how much, a look at what is signed, and the PIN or the passkey. */
export function useSendMoney(start: SendStart) {
  const wallet = useWallet();
  const [flow, send] = useReducer(advanceSend, start, beginSend);
  useBusy('payment', underWay.has(flow.at));
  const warmUp = useOperation(() => wallet.warmUp());
  const { run: warm } = warmUp;
  useEffect(() => void warm(), [warm]);

  const orderOf = (to: Payee, { mint, memo }: TypedAmount, amount: bigint): TransferOrder => ({
    to: 'address' in to ? { address: to.address } : { hexkeyId: to.hexkeyId },
    mint,
    amount,
    memo: memo.trim() === '' ? null : memo.trim(),
    // Whoever chose somebody else meanwhile says nothing in that chat.
    ...(start.chatId !== undefined && to === start.to && { chatId: start.chatId }),
  });
  const quote = useOperation(async (amount: bigint) => {
    if (flow.at !== 'amount') return;
    send({ type: 'quoted', quote: await wallet.quote(orderOf(flow.to, flow.typed, amount)) });
  });
  const pay = async (approval: Approval, onPin: (progress: PinProgress) => void) => {
    if (flow.at !== 'approve') return;
    try {
      const transfer = await wallet.send(flow.quote.intentId, approval, (progress) => {
        if (progress.step === 'unlocking') onPin(progress.pin);
        send({ type: 'progressed', progress });
      });
      send({ type: 'settled', transfer });
    } catch (error) {
      send({ type: 'refused', error });
      throw error;
    }
  };
  return { flow, send, quote, pay, orderOf };
}
