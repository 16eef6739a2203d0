import { DomainError, type Route } from '@hexkey/contract';
import { pinAuthField } from '@hexkey/protocol';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { verifyPinAuth } from '../pin/verify-pin-auth.ts';
import { authenticateRequest, type Caller, type IncomingRequest } from '../sessions/authenticate-request.ts';
import { checkClientVersion, clientField } from '../sessions/client-version.ts';
import { rawBodyOf } from './raw-body.ts';

type AdmitDeps = Pick<Deps, 'clock' | 'stores' | 'minimumClientVersion'>;

/**
 * Everything the contract demands of a caller, before the body is looked at. The order is fixed: version, session,
 * PIN-auth. Public reads need nothing, because a client learns from them that it must update.
 * @returns the caller, or null on a public route
 */
export async function admitRequest(
  deps: AdmitDeps,
  route: Route,
  request: FastifyRequest,
): Promise<Caller | null> {
  const caller = await admitCaller(deps, route, request);
  if (route.body === undefined && rawBodyOf(request).length > 0)
    throw new DomainError('InvalidField', { field: 'body', problem: 'none is expected' });
  return caller;
}

/** The same where a body is bytes that no schema describes. */
export async function admitCaller(
  deps: AdmitDeps,
  route: Route,
  request: FastifyRequest,
): Promise<Caller | null> {
  const incoming = incomingOf(request);
  if (route.access !== 'public' || route.method !== 'GET')
    checkClientVersion(headerOf(request, clientField), deps.minimumClientVersion);
  const caller = route.access === 'public' ? null : await authenticateRequest(deps, route, incoming);
  const proof =
    caller !== null && route.pinAuth === true ? await verifyPinAuth(deps, route, caller, incoming) : null;
  if (caller !== null && proof?.by === 'pin') {
    await deps.stores.accounts.notePin(caller.account.id, deps.clock.now());
    await deps.stores.payKeys.notePin(caller.session.id, deps.clock.now());
  }
  return caller === null ? null : { ...caller, pinAuthKey: proof?.key ?? null };
}

function incomingOf(request: FastifyRequest): IncomingRequest {
  const target = request.raw.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    body: rawBodyOf(request),
    contentDigest: headerOf(request, 'content-digest'),
    signatureInput: headerOf(request, 'signature-input'),
    signature: headerOf(request, 'signature'),
    pinAuth: headerOf(request, pinAuthField),
  };
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}
