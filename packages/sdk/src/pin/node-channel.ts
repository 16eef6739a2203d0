import {
  type AnswerTo,
  decodeNodeAnswer,
  encodeNodeRequest,
  MalformedError,
  type NodeAnswer,
  type NodeRequest,
  type NodeSetEntry,
  resolveNodeAddress,
  type VerifiedNodeSet,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../deps.ts';
import { isTransportFailure } from '../transport/or-offline.ts';
import { readBounded } from '../transport/read-bounded.ts';
import { type NodeIdentity, nodeHeaders } from './node-headers.ts';

/** Why a node gave no answer of the protocol. */
export type NodeFailure =
  /** The network failed before an answer came: whether the node acted is unknown. */
  | 'unreachable'
  /** No answer within the time for one node: whether it acted is unknown. */
  | 'silent'
  /** Token or proof not accepted; nothing happened. */
  | 'unauthorized'
  /** Too many requests; nothing happened. */
  | 'busy'
  /** Another status, or bytes that are no answer. */
  | 'broken';

export type NodeReply<K extends NodeAnswer['kind']> =
  | { readonly ok: true; readonly answer: AnswerTo<K> }
  | { readonly ok: false; readonly failure: NodeFailure; readonly retryAfterMs: number | null };

export type RequestOf<K extends NodeAnswer['kind']> = Extract<NodeRequest, { kind: unknown }> & {
  readonly kind: K;
};

/** The nodes of one account, seen from one device. A node's failure is an answer here, never an exception. */
export interface NodeChannel {
  readonly set: VerifiedNodeSet;
  /** UUID text. */
  readonly accountId: string;
  ask<K extends NodeAnswer['kind']>(realmId: string, request: RequestOf<K>): Promise<NodeReply<K>>;
}

export type NodeChannelDeps = Pick<
  HexkeyDeps,
  'origin' | 'fetch' | 'timeout' | 'clock' | 'random' | 'nodeTimeoutMs'
>;

/** @param onUnauthorized called when a node refuses the token, so that it is not used again */
export function openNodeChannel(
  deps: NodeChannelDeps,
  set: VerifiedNodeSet,
  identity: NodeIdentity,
  onUnauthorized: () => void,
): NodeChannel {
  const entries = new Map(set.nodeSet.nodes.map((node) => [node.realmId, node]));
  return {
    set,
    accountId: identity.accountId,
    async ask(realmId, request) {
      const node = entries.get(realmId) as NodeSetEntry;
      const body = encodeNodeRequest(request);
      const headers = await nodeHeaders(deps, set.nodeSet.tenant, identity, realmId, body);
      const reply = await post(
        deps,
        resolveNodeAddress(node.address, deps.origin),
        headers,
        body,
        request.kind,
      );
      if (!reply.ok && reply.failure === 'unauthorized') onUnauthorized();
      return reply;
    },
  };
}

/** Far above any answer of docs/protocol/pin-node.md. */
const maxAnswerBytes = 64 * 1024;

async function post<K extends NodeAnswer['kind']>(
  deps: NodeChannelDeps,
  address: string,
  headers: Record<string, string>,
  body: Uint8Array<ArrayBuffer>,
  kind: K,
): Promise<NodeReply<K>> {
  try {
    const response = await deps.fetch(`${address}req`, {
      method: 'POST',
      headers,
      body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: deps.timeout(deps.nodeTimeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return refusedWith(response);
    }
    return { ok: true, answer: decodeNodeAnswer(await readBounded(response, maxAnswerBytes), kind) };
  } catch (error) {
    return failureOf(error);
  }
}

/** Statuses: docs/protocol/pin-node.md section 5. */
function refusedWith(response: Response): NodeReply<never> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
  const failure = { 401: 'unauthorized', 429: 'busy' } as const;
  return {
    ok: false,
    failure: failure[response.status as keyof typeof failure] ?? 'broken',
    retryAfterMs,
  };
}

function failureOf(error: unknown): NodeReply<never> {
  if (error instanceof MalformedError) return { ok: false, failure: 'broken', retryAfterMs: null };
  if (!isTransportFailure(error)) throw error;
  const silent = error instanceof DOMException && error.name === 'TimeoutError';
  return { ok: false, failure: silent ? 'silent' : 'unreachable', retryAfterMs: null };
}
