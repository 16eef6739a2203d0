import { type AnswerOf, type Route, routes } from '@hexkey/contract';
import { fromBase64url, type KeyPair } from '@hexkey/protocol';
import type { ApiClient, Caller, CallInput } from './api-client.ts';

/** Calls a route that wants the PIN proven for this very request: a fresh nonce, then the call. */
export async function callWithPin<R extends Route>(
  api: ApiClient,
  route: R,
  caller: Caller,
  pinAuthKey: KeyPair,
  input: Omit<CallInput<R>, 'caller' | 'pinProof'>,
): Promise<AnswerOf<R>> {
  const { nonce, expiresAtMs } = await api.call(routes.createPinChallenge, { caller });
  const pinProof = { nonce: fromBase64url(nonce), expiresAtMs, pinAuthKey };
  return api.call(route, { ...input, caller, pinProof } as CallInput<R>);
}
