import { DomainError, type Route } from '@hexkey/contract';
import { contentDigest, parseSignatureHeaders, requestSignatureBase } from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import type { Deps } from '../deps.ts';
import { verifyDeviceSignature } from './device-key.ts';
import type { Session } from './sessions.store.ts';

/** A request before anything in it is believed. Header fields are null when absent. */
export interface IncomingRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: Uint8Array;
  readonly contentDigest: string | null;
  readonly signatureInput: string | null;
  readonly signature: string | null;
  readonly pinAuth: string | null;
}

/** Who calls: a live session and its account, as they stood when the request came. */
export interface Caller {
  readonly session: Session;
  readonly account: Account;
  /** The key under which the PIN was shown for this request; null on routes that do not ask for it. */
  readonly pinAuthKey: Uint8Array | null;
}

const allowedSkewMs = 5 * 60_000;

/**
 * Checks the device's signature over the request (docs/protocol/account-api.md section 1) and the session's state.
 * @throws {DomainError} `SessionEnded`, `ClockSkewed`, `Forbidden`
 */
export async function authenticateRequest(
  deps: Pick<Deps, 'clock' | 'stores'>,
  route: Pick<Route, 'access' | 'method' | 'name'>,
  request: IncomingRequest,
): Promise<Caller> {
  const signed = readSignature(request);
  const nowMs = deps.clock.now();
  if (Math.abs(signed.parameters.createdS * 1000 - nowMs) > allowedSkewMs)
    throw new DomainError('ClockSkewed', { serverTimeMs: nowMs });
  const { sessionId, nonce } = signed.parameters;
  const session = await deps.stores.sessions.get(sessionId);
  if (session === null || (session.ends_at_ms !== null && session.ends_at_ms <= nowMs))
    throw new DomainError('SessionEnded', {});
  const base = requestSignatureBase(request, signed.parameters);
  if (!verifyDeviceSignature(session.device_key, base, signed.signature))
    throw new DomainError('SessionEnded', {});
  if (route.method !== 'GET') {
    // A signature is good for at most two skews: from five minutes ahead of our clock to five behind it.
    const isFresh = await deps.stores.requestNonces.spend(sessionId, nonce, nowMs + 2 * allowedSkewMs);
    if (!isFresh) throw new DomainError('SessionEnded', {});
  }
  // It has shown that it got in; everything else would leave something behind.
  if (session.is_drill && route.name !== 'getSession')
    throw new DomainError('Forbidden', { reason: 'session-locked' });
  if (route.access === 'full' && session.state !== 'full')
    throw new DomainError('Forbidden', { reason: 'session-locked' });
  const account = await deps.stores.accounts.get(session.account_id);
  // A login may have met the day on which the account was deleted.
  if (account === null || account.deleted_at_ms !== null) throw new DomainError('SessionEnded', {});
  return { session, account, pinAuthKey: null };
}

function readSignature(request: IncomingRequest) {
  const parsed = parseSignatureHeaders(
    request.signatureInput ?? '',
    request.signature ?? '',
    request.pinAuth !== null,
  );
  if (parsed === null || request.contentDigest !== contentDigest(request.body))
    throw new DomainError('SessionEnded', {});
  return parsed;
}
