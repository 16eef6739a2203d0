import {
  type AnswerOf,
  type BodyOf,
  DomainError,
  domainErrorOf,
  type QueryOf,
  type Route,
} from '@hexkey/contract';
import {
  formatPinAuthHeader,
  type KeyPair,
  pinAuthField,
  pinAuthStatement,
  requestSignatureBase,
  requestSignatureHeaders,
  signEd25519,
  toBase64url,
  utf8,
} from '@hexkey/protocol';
import { Value } from 'typebox/value';
import type { HexkeyDeps } from '../deps.ts';
import type { DeviceSigner } from '../storage/device-key.ts';
import { orOffline } from './or-offline.ts';

/** The session a request is made in. */
export interface Caller {
  readonly sessionId: string;
  readonly accountId: string;
  readonly device: DeviceSigner;
}

/** A right to make one request: a nonce of `createPinChallenge` and the key that S_pin yields. */
export interface PinProof {
  readonly nonce: Uint8Array;
  readonly expiresAtMs: number;
  readonly pinAuthKey: KeyPair;
}

/** What a route is called with; members a route does not have are absent. */
export type CallInput<R extends Route> = {
  readonly caller?: Caller;
  readonly pinProof?: PinProof;
} & (QueryOf<R> extends undefined ? unknown : { readonly query: QueryOf<R> }) &
  (BodyOf<R> extends undefined ? unknown : { readonly body: BodyOf<R> });

export interface ApiClient {
  /**
   * One request to the account API, typed by the contract.
   * @throws {DomainError} the server's refusal; `Offline` when no answer came
   */
  call<R extends Route>(route: R, input: CallInput<R>): Promise<AnswerOf<R>>;
}

export type ApiDeps = Pick<
  HexkeyDeps,
  'origin' | 'fetch' | 'timeout' | 'clock' | 'random' | 'clientVersion' | 'apiTimeoutMs'
>;

interface AnyInput {
  readonly caller?: Caller;
  readonly pinProof?: PinProof;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export function createApiClient(deps: ApiDeps): ApiClient {
  return {
    async call<R extends Route>(route: R, input: CallInput<R>): Promise<AnswerOf<R>> {
      const { caller, pinProof, query, body } = input as AnyInput;
      const request = {
        method: route.method,
        path: route.path,
        query: queryText(query),
        body: body === undefined ? new Uint8Array() : utf8(JSON.stringify(body)),
      };
      const target = request.query === '' ? request.path : `${request.path}?${request.query}`;
      const pinAuth =
        caller && pinProof ? pinAuthHeader(route, caller, pinProof, { ...request, target }) : null;
      const headers: Record<string, string> = {
        'hexkey-client': deps.clientVersion,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(pinAuth === null ? {} : { [pinAuthField]: pinAuth }),
        ...(caller ? await signatureHeaders(deps, { ...request, pinAuth }, caller) : {}),
      };
      const response = await orOffline(async () => {
        const answer = await deps.fetch(`${deps.origin}${target}`, {
          method: route.method,
          headers,
          ...(body === undefined ? {} : { body: request.body }),
          cache: 'no-store',
          credentials: 'omit',
          redirect: 'error',
          signal: deps.timeout(deps.apiTimeoutMs),
        });
        return { ok: answer.ok, text: await answer.text() };
      });
      return answerOf(route, response);
    },
  };
}

function queryText(query: AnyInput['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** `Hexkey-Pin-Auth`, docs/protocol/account-api.md section 2. */
function pinAuthHeader(
  route: Route,
  caller: Caller,
  { nonce, expiresAtMs, pinAuthKey }: PinProof,
  request: { readonly method: string; readonly target: string; readonly body: Uint8Array },
): string {
  const statement = pinAuthStatement({
    operation: route.name,
    accountId: caller.accountId,
    deviceKey: caller.device.publicKey,
    request,
    nonce,
    expiresAtMs,
  });
  return formatPinAuthHeader({ nonce, expiresAtMs, signature: signEd25519(pinAuthKey, statement) });
}

/** RFC 9421 in the fixed profile of docs/protocol/account-api.md section 1. */
export async function signatureHeaders(
  { clock, random }: Pick<ApiDeps, 'clock' | 'random'>,
  request: Parameters<typeof requestSignatureBase>[0],
  { device, sessionId }: Caller,
): Promise<Record<string, string>> {
  const parameters = {
    createdS: Math.floor(clock.now() / 1000),
    nonce: toBase64url(random(16)),
    sessionId,
  };
  const signature = await device.sign(requestSignatureBase(request, parameters));
  return requestSignatureHeaders(request, parameters, signature);
}

function answerOf<R extends Route>(
  route: R,
  response: { readonly ok: boolean; readonly text: string },
): AnswerOf<R> {
  if (!response.ok) {
    // No document of ours: a proxy speaks for a server that is not there.
    throw domainErrorOf(jsonOf(response.text)) ?? new DomainError('Offline', {});
  }
  if (route.answer === undefined) return undefined as AnswerOf<R>;
  const answer = jsonOf(response.text);
  if (!Value.Check(route.answer, answer)) throw new Error(`${route.name}: the answer breaks the contract`);
  return answer as AnswerOf<R>;
}

/** Null for what is no JSON: an error page of a proxy, a captive portal. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
