import { attachmentPartMediaType, attachmentPath, domainErrorOf } from '@hexkey/contract';
import { requestSignatureBase, requestSignatureHeaders, signEd25519, toBase64url } from '@hexkey/protocol';
import type { Person } from './journeys.ts';
import type { TestApi } from './test-api.ts';

type Api = Pick<TestApi, 'url' | 'clock' | 'random'>;

export interface Transferred {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** Name of the refusal, when it is one. */
  readonly refusal: string | null;
}

/** Requests for the bytes of attachments, signed by hand. */
export function attachmentTransfer(api: Api, { device, session }: Person) {
  const request = async (
    method: 'HEAD' | 'PATCH' | 'GET',
    id: string,
    headers: Record<string, string>,
    body: Uint8Array = new Uint8Array(0),
  ): Promise<Transferred> => {
    const path = attachmentPath(id);
    const signable = { method, path, query: '', body, pinAuth: null };
    const parameters = {
      createdS: Math.floor(api.clock.now() / 1000),
      nonce: toBase64url(api.random(16)),
      sessionId: session.sessionId,
    };
    const signature = signEd25519(device.pair, requestSignatureBase(signable, parameters));
    const answer = await fetch(`${api.url}${path}`, {
      method,
      headers: {
        'hexkey-client': 'web/0.1.0',
        ...requestSignatureHeaders(signable, parameters, signature),
        ...headers,
      },
      ...(method === 'PATCH' ? { body: Uint8Array.from(body) } : {}),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const isProblem = method !== 'HEAD' && answer.headers.get('content-type')?.includes('problem') === true;
    const refusal = isProblem ? domainErrorOf(JSON.parse(Buffer.from(bytes).toString())) : null;
    return { status: answer.status, headers: answer.headers, bytes, refusal: refusal?.name ?? null };
  };
  const tus = { 'tus-resumable': '1.0.0' };
  return {
    /** How much of it the server has. */
    head: (id: string) => request('HEAD', id, tus),
    patch: (id: string, offset: number, part: Uint8Array, headers: Record<string, string> = {}) =>
      request(
        'PATCH',
        id,
        { ...tus, 'upload-offset': String(offset), 'content-type': attachmentPartMediaType, ...headers },
        part,
      ),
    get: (id: string, range?: string) => request('GET', id, range === undefined ? {} : { range }),
  };
}
