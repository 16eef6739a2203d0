import { type AnswerOf, DomainError, type Route } from '@hexkey/contract';
import { type PinSecret, pinAuthKeyPair, type Secret } from '@hexkey/protocol';
import type { PinFlow } from '../recovery-kit/pin-flow.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { CallInput } from '../transport/api-client.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { provePin } from './prove-pin.ts';

/** As long as it takes to reach somebody and hear a code from them, and no longer. */
const openForMs = 15 * 60_000;

/** What a flow is made of. */
export interface ProvenPin extends PinFlow {
  readonly account: KeptAccount;
  /** S_pin. @throws {DomainError} `PinNeededAgain` once closed or after 15 minutes */
  secret(): PinSecret;
  /** Calls a route that wants the PIN proven for this very request. @throws {DomainError} `PinNeededAgain` and the route's */
  call<R extends Route>(route: R, input: Omit<CallInput<R>, 'caller' | 'pinProof'>): Promise<AnswerOf<R>>;
}

/**
 * Proves the PIN and keeps what follows from it in memory, for the calls of one flow.
 * @throws {DomainError} what `provePin` throws
 */
export async function openPinFlow(
  client: Client,
  kept: KeptAccount,
  entry: { readonly pin: Secret<string>; readonly operation: string },
): Promise<ProvenPin> {
  const { recovered, account } = await provePin(client, kept, { ...entry, onProgress: () => undefined });
  const untilMs = client.deps.clock.now() + openForMs;
  let held: PinSecret | null = recovered.secret;

  function secret(): PinSecret {
    if (client.deps.clock.now() >= untilMs) held = null;
    if (held === null) throw new DomainError('PinNeededAgain', {});
    return held;
  }

  return {
    account,
    secret,
    call: async (route, input) =>
      callWithPin(client.api, route, callerOf(client, account), pinAuthKeyPair(secret()), input),
    close() {
      held = null;
    },
  };
}
