import { DomainError, type Route } from '@hexkey/contract';
import { parsePinAuthHeader, pinAuthStatement, verifyEd25519 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { Caller, IncomingRequest } from '../sessions/authenticate-request.ts';

/**
 * Checks that the PIN was shown for this very request (docs/protocol/account-api.md section 2). The nonce is spent
 * before anything is checked, so that one challenge gives one try.
 * @throws {DomainError} `Forbidden`
 */
export async function verifyPinAuth(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  route: Pick<Route, 'name'>,
  { session, account }: Caller,
  request: IncomingRequest,
): Promise<void> {
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
  if (!verifyEd25519(account.pin_auth_key, statement, header.signature)) throw refusal;
}
