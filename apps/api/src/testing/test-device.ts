import {
  type DomainError,
  domainErrorOf,
  type Route,
  type RouteName,
  routes,
  type SessionView,
} from '@hexkey/contract';
import {
  formatPinAuthHeader,
  fromBase64url,
  type KeyPair,
  keyPairOfSeed,
  pinAuthStatement,
  requestSignatureBase,
  requestSignatureHeaders,
  Secret,
  signEd25519,
  toBase64url,
  utf8,
} from '@hexkey/protocol';
import type { TestApi } from './test-api.ts';

export interface Answer {
  readonly status: number;
  /** Parsed body, null when there is none. */
  readonly body: never;
  readonly refusal: DomainError | null;
}

export interface CallOptions {
  readonly body?: unknown;
  /** Without the question mark. */
  readonly query?: string;
  readonly headers?: Record<string, string>;
  /** Signs the request as this session; its nonce and time may be chosen. */
  readonly as?: { readonly sessionId: string; readonly nonce?: string; readonly createdS?: number };
  readonly pinAuth?: string;
}

/**
 * A client made by hand, so that it can also do what a modified one would.
 * @param pair of a device that talks to another instance as well
 */
export function testDevice(api: TestApi, pair: KeyPair = keyPairOfSeed(new Secret(api.random(32)))) {
  const call = async (name: RouteName, options: CallOptions = {}): Promise<Answer> => {
    const route: Route = routes[name];
    const body = options.body === undefined ? '' : JSON.stringify(options.body);
    const answer = await fetch(`${api.url}${route.path}${options.query ? `?${options.query}` : ''}`, {
      method: route.method,
      headers: {
        'hexkey-client': 'web/0.1.0',
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
        ...(options.as === undefined ? {} : sign(route, body, options, options.as)),
        ...(options.pinAuth === undefined ? {} : { 'hexkey-pin-auth': options.pinAuth }),
        ...options.headers,
      },
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    const document = (text === '' ? null : JSON.parse(text)) as never;
    return { status: answer.status, body: document, refusal: domainErrorOf(document) };
  };

  const sign = (route: Route, body: string, options: CallOptions, as: NonNullable<CallOptions['as']>) => {
    const request = {
      method: route.method,
      path: route.path,
      query: options.query ?? '',
      body: utf8(body),
      pinAuth: options.pinAuth ?? null,
    };
    const parameters = {
      createdS: as.createdS ?? Math.floor(api.clock.now() / 1000),
      nonce: as.nonce ?? toBase64url(api.random(16)),
      sessionId: as.sessionId,
    };
    const signature = signEd25519(pair, requestSignatureBase(request, parameters));
    return requestSignatureHeaders(request, parameters, signature);
  };

  /** A PIN-auth header for one call, with a fresh challenge. `claim` replaces what a modified client would sign. */
  const provePin = async (
    name: RouteName,
    { sessionId, accountId }: Pick<SessionView, 'sessionId' | 'accountId'>,
    pinAuthPair: KeyPair,
    claim: {
      readonly operation?: string;
      readonly accountId?: string;
      readonly body?: string;
      readonly extraMs?: number;
    } = {},
  ): Promise<string> => {
    const challenge = (await call('createPinChallenge', { as: { sessionId } })).body as {
      nonce: string;
      expiresAtMs: number;
    };
    const nonce = fromBase64url(challenge.nonce);
    const expiresAtMs = challenge.expiresAtMs + (claim.extraMs ?? 0);
    const statement = pinAuthStatement({
      operation: claim.operation ?? name,
      accountId: claim.accountId ?? accountId,
      deviceKey: pair.publicKey,
      request: { method: routes[name].method, target: routes[name].path, body: utf8(claim.body ?? '') },
      nonce,
      expiresAtMs,
    });
    return formatPinAuthHeader({ nonce, expiresAtMs, signature: signEd25519(pinAuthPair, statement) });
  };

  return { pair, publicKey: toBase64url(pair.publicKey), call, provePin };
}

export type TestDevice = ReturnType<typeof testDevice>;
