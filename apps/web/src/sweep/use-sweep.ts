import type { Secret } from '@hexkey/protocol';
import type { PinProgress } from '@hexkey/sdk';
import { useReducer } from 'react';
import { useOperation } from '../app/use-operation.ts';
import { readPayee } from '../send-money/read-payee.ts';
import { useWallet } from '../wallet/use-wallet.ts';
import { advanceSweep, beginSweep } from './sweep-flow.ts';

/** Moving everything out: where to, a look at what goes, and the PIN. */
export function useSweep() {
  const wallet = useWallet();
  const [flow, send] = useReducer(advanceSweep, beginSweep);
  const plan = useOperation(async (text: string) => {
    const payee = readPayee(text);
    const address = payee !== null && 'address' in payee ? payee.address : text;
    send({ type: 'planned', plan: await wallet.planSweep(address) });
  });
  const sweep = async (pin: Secret<string>, onPin: (progress: PinProgress) => void) => {
    if (flow.at !== 'approve') return;
    try {
      const order = { address: flow.plan.address, mints: flow.mints };
      const swept = await wallet.sweep(order, pin, (progress) => {
        if (progress.step === 'unlocking') onPin(progress.pin);
        send({ type: 'progressed', progress });
      });
      send({ type: 'swept', swept });
    } catch (error) {
      send({ type: 'refused', error });
      throw error;
    }
  };
  return { flow, send, plan, sweep };
}
