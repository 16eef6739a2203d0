import type { AttemptOperation, Caller, WalletAnswer, WalletRefusal, WalletRequest } from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext } from '../operation.ts';
import type { PinRecord } from '../records/pin-record.ts';
import { deviceNameOf } from '../requester/requester.ts';
import { requireWalletDevice, type WalletRequester } from './rights.ts';
import type { WalletDeps } from './wallet-deps.ts';
import type { WalletState } from './wallet-state.ts';

/** Who asks, as one record sees it, and when. */
export interface WalletSender {
  readonly requester: WalletRequester;
  readonly caller: Caller;
  /** Thumbprint of its key, 32 bytes. */
  readonly device: Uint8Array;
  readonly nowMs: number;
}

/** What a wallet use case decides. */
export type WalletDecision<T> =
  | { readonly keep: T }
  /** Told in the attempt log, as often as refusals are. */
  | { readonly refuse: WalletRefusal }
  | { readonly wallet: WalletState; readonly tell: boolean; readonly result: T };

/**
 * Decides about the wallet in the caller's record and stores what was decided.
 * @param operation under which it is written down
 * @param decide pure: it may run several times
 * @throws {NodeRefusal} 401
 */
export function decideOnWallet<T>(
  deps: WalletDeps,
  context: OperationContext,
  operation: AttemptOperation,
  decide: (record: PinRecord, sender: WalletSender) => WalletDecision<T>,
): Promise<T | WalletRefusal> {
  const requester = requireWalletDevice(context.requester);
  const device = deviceNameOf(requester);
  return decideOnRecord(deps, context, (record, caller): Decision<T | WalletRefusal> => {
    const decision = decide(record, { requester, caller, device, nowMs: context.time.nowMs });
    if ('keep' in decision) return decision;
    if ('refuse' in decision) return { note: { operation, outcome: 'refused' }, result: decision.refuse };
    return {
      write: { ...record, wallet: decision.wallet },
      event: decision.tell ? { operation, outcome: 'done' } : null,
      result: decision.result,
    };
  });
}

/** An answer from what was decided. */
export function answerTo<K extends WalletRequest['kind']>(
  kind: K,
  result: WalletRefusal | ({ readonly outcome: 'Ok' } & object),
): WalletAnswer {
  // The content of each kind's Ok is checked where it is made; the compiler cannot follow a union through a type parameter.
  return { kind, ...result } as WalletAnswer;
}

export function isRefused(result: unknown): result is WalletRefusal {
  return typeof result === 'object' && result !== null && 'outcome' in result && result.outcome !== 'Ok';
}
