import { DomainError, type Route } from '@hexkey/contract';
import { parsePinAuthHeader, pinAuthStatement, verifyEd25519 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { Caller, IncomingRequest } from '../sessions/authenticate-request.ts';

/** `pay`: the PIN was not typed now, a passkey was shown. */
export interface PinAuthProof {
  readonly key: Uint8Array;
  readonly by: 'pin' | 'pay';
}

/**
 * Checks that the PIN was shown for this very request (docs/protocol/account-api.md section 2). The nonce is spent
 * before anything is checked, so that one challenge gives one try. While a new secret is prepared its key is as good as the current one.
 * Where the route says so the session's pay key serves within its window.
 * @returns the key that signed
 * @throws {DomainError} `Forbidden`
 */
export async function verifyPinAuth(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  route: Pick<Route, 'name' | 'orPayKey'>,
  { session, account }: Caller,
  request: IncomingRequest,
): Promise<PinAuthProof> {
  const header = parsePinAuthHeader(request.pinAuth ?? '');
  const refusal = new DomainError('Forbidden', { reason: 'pin-auth' });
  if (header === null) throw refusal;
  const nonceEndsAtMs = await stores.pinChallenges.take(header.nonce, session.id);
  if (nonceEndsAtMs === null || header.expiresAtMs > nonceEndsAtMs || header.expiresAtMs <= clock.now())
    throw refusal;
  if (account.pin_auth_key === null) throw new DomainError('Forbidden', { reason: 'pin-not-set' });
  const statement = pinAuthStatement({
    operation: route.name,
    accountId: account.id,
    deviceKey: session.device_key,
    request: {
      method: request.method,
      target: request.query === '' ? request.path : `${request.path}?${request.query}`,
      body: request.body,
    },
    nonce: header.nonce,
    expiresAtMs: header.expiresAtMs,
  });
  if (verifyEd25519(account.pin_auth_key, statement, header.signature))
    return { key: account.pin_auth_key, by: 'pin' };
  if (route.orPayKey === true) {
    const payKey = await stores.payKeys.get(session.id);
    if (payKey !== null && payKey.pin_at_ms + payKey.window_ms > clock.now())
      if (verifyEd25519(payKey.key, statement, header.signature)) return { key: payKey.key, by: 'pay' };
  }
  for (const { pin_auth_key } of await stores.preparedSecrets.list(account.id))
    if (verifyEd25519(pin_auth_key, statement, header.signature)) return { key: pin_auth_key, by: 'pin' };
  throw refusal;
}
