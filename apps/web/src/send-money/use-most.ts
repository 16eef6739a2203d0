import { isDomainError } from '@hexkey/contract';
import type { Balance, TransferOrder } from '@hexkey/sdk';
import { useOperation } from '../app/use-operation.ts';
import { useWallet } from '../wallet/use-wallet.ts';
import type { Payee, SendFlow, TypedAmount } from './send-flow.ts';

/**
 * All that can be sent of an asset. Of SOL the fee stays: what is short of a quote over all of it is the fee. Nothing is signed or written
 * for that.
 */
export function useMost(
  { to, typed }: Extract<SendFlow, { at: 'amount' }>,
  { asset, amount }: Balance,
  orderOf: (to: Payee, typed: TypedAmount, amount: bigint) => TransferOrder,
) {
  const wallet = useWallet();
  let most = amount;
  const { state, run, reset } = useOperation(async () => {
    most = amount;
    if (asset.mint !== null || amount === 0n) return;
    try {
      await wallet.quote(orderOf(to, typed, amount));
    } catch (error) {
      if (!isDomainError(error, 'InsufficientBalance') || error.details.mint !== null) throw error;
      const costs = BigInt(error.details.needed) - amount;
      most = BigInt(error.details.available) - costs;
      // There is not even enough for the fee.
      if (most <= 0n) throw error;
    }
  });
  return {
    state,
    reset,
    /** @returns null after a refusal, which `state` has */
    find: async () => ((await run()) ? most : null),
  };
}
