import { DomainError, domainErrorOf } from '@hexkey/contract';
import type { HexkeyDeps } from '../deps.ts';
import { type Caller, jsonOf, signatureHeaders } from './api-client.ts';
import { orOffline } from './or-offline.ts';

/** A request whose body or answer is no JSON. */
export interface BytesRequest {
  readonly method: 'HEAD' | 'PATCH' | 'GET';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
}

export interface BytesAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A part takes longer than a question. */
const patience = 4;

/**
 * Signed like every request. What is refused in words of another protocol is an answer.
 * @throws {DomainError} the server's refusal, `AttachmentGone` where an answer has no words; `Offline`
 */
export async function transferBytes(
  deps: HexkeyDeps,
  caller: Caller,
  { method, path, headers, body = new Uint8Array(), signal }: BytesRequest,
): Promise<BytesAnswer> {
  const signature = await signatureHeaders(deps, { method, path, query: '', body, pinAuth: null }, caller);
  const timeout = deps.timeout(patience * deps.apiTimeoutMs);
  const answer = await orOffline(async () => {
    const response = await deps.fetch(`${deps.origin}${path}`, {
      method,
      headers: { 'hexkey-client': deps.clientVersion, ...signature, ...headers },
      ...(method === 'PATCH' ? { body } : {}),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes };
  });
  if (answer.status < 400) return answer;
  const refusal = domainErrorOf(jsonOf(new TextDecoder().decode(answer.bytes)));
  if (refusal !== null) throw refusal;
  if (answer.status === 410) throw new DomainError('AttachmentGone', {});
  if (answer.status >= 500) throw new DomainError('Offline', {});
  return answer;
}
