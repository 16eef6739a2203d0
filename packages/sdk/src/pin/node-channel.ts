import {
  type AnswerTo,
  decodeEraseAnswer,
  decodeMoveAnswer,
  decodeNodeAnswer,
  decodeWalletAnswer,
  type EraseAnswer,
  type EraseRequest,
  encodeEraseRequest,
  encodeMoveRequest,
  encodeNodeRequest,
  encodeWalletRequest,
  MalformedError,
  type MoveAnswerTo,
  type MoveRequest,
  type NodeAnswer,
  type NodeRequest,
  type NodeSetEntry,
  resolveNodeAddress,
  type SignedNodeSet,
  type VerifiedNodeSet,
  type WalletAnswerTo,
  type WalletRequest,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../deps.ts';
import { isTransportFailure } from '../transport/or-offline.ts';
import { readBounded } from '../transport/read-bounded.ts';
import { type NodeIdentity, nodeHeaders } from './node-headers.ts';
import { type RightPinMarks, rightPinMarks } from './right-pin-marks.ts';

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

export type NodeReply<K extends NodeAnswer['kind']> = ReplyWith<AnswerTo<K>>;

export type WalletReply<K extends WalletRequest['kind']> = ReplyWith<WalletAnswerTo<K>>;

export type MoveReply<K extends MoveRequest['kind']> = ReplyWith<MoveAnswerTo<K>>;

type ReplyWith<A> =
  | { readonly ok: true; readonly answer: A }
  | { readonly ok: false; readonly failure: NodeFailure; readonly retryAfterMs: number | null };

export type RequestOf<K extends NodeAnswer['kind']> = Extract<NodeRequest, { kind: unknown }> & {
  readonly kind: K;
};

/** The nodes of one account, seen from one device in one operation. A node's failure is an answer here, never an exception. */
export interface NodeChannel {
  readonly set: VerifiedNodeSet;
  /** The set as it was signed. */
  readonly document: SignedNodeSet;
  /** UUID text. */
  readonly accountId: string;
  ask<K extends NodeAnswer['kind']>(realmId: string, request: RequestOf<K>): Promise<NodeReply<K>>;
  /** One request about the account's wallet (docs/protocol/wallet.md section 2). @param onSent called once it is given to the network */
  askWallet<K extends WalletRequest['kind']>(
    realmId: string,
    request: Extract<WalletRequest, { readonly kind: K }>,
    onSent?: () => void,
  ): Promise<WalletReply<K>>;
  /** The same at `{address}move`. */
  askMove<K extends MoveRequest['kind']>(
    realmId: string,
    request: MoveRequest & { readonly kind: K },
  ): Promise<MoveReply<K>>;
  /** The same at `{address}erase`. @returns the outcome */
  askErase(realmId: string, request: EraseRequest): Promise<ReplyWith<EraseAnswer['outcome']>>;
  /** So that a node does nothing for this operation that was decided before another device's right PIN. */
  readonly marks: RightPinMarks;
}

export type NodeChannelDeps = Pick<
  HexkeyDeps,
  'origin' | 'fetch' | 'timeout' | 'clock' | 'random' | 'nodeTimeoutMs'
>;

/** @param onUnauthorized called when a node refuses the token, so that it is not used again */
export function openNodeChannel(
  deps: NodeChannelDeps,
  { set, document }: Pick<NodeChannel, 'set' | 'document'>,
  identity: NodeIdentity,
  onUnauthorized: () => void,
): NodeChannel {
  const entries = new Map(set.nodeSet.nodes.map((node) => [node.realmId, node]));
  const marks = rightPinMarks();
  async function send<A>(
    realmId: string,
    path: 'req' | 'move' | 'wallet' | 'erase',
    body: Uint8Array<ArrayBuffer>,
    decode: (bytes: Uint8Array) => A,
    onSent?: () => void,
  ): Promise<ReplyWith<A>> {
    const node = entries.get(realmId) as NodeSetEntry;
    const headers = await nodeHeaders(deps, set.nodeSet.tenant, identity, realmId, body);
    const address = `${resolveNodeAddress(node.address, deps.origin)}${path}`;
    const reply = await post(deps, address, headers, body, decode, onSent);
    if (!reply.ok && reply.failure === 'unauthorized') onUnauthorized();
    return reply;
  }
  return {
    set,
    document,
    accountId: identity.accountId,
    async ask(realmId, request) {
      const decode = (bytes: Uint8Array) => decodeNodeAnswer(bytes, request.kind);
      const reply = await send(realmId, 'req', encodeNodeRequest(request), decode);
      if (reply.ok) marks.note(realmId, reply.answer);
      return reply;
    },
    askWallet: (realmId, request, onSent) => {
      const decode = (bytes: Uint8Array) => decodeWalletAnswer(bytes, request.kind);
      return send(realmId, 'wallet', encodeWalletRequest(request), decode, onSent);
    },
    askMove: (realmId, request) =>
      send(realmId, 'move', encodeMoveRequest(request), (bytes) => decodeMoveAnswer(bytes, request.kind)),
    askErase: (realmId, request) =>
      send(realmId, 'erase', encodeEraseRequest(request), (bytes): EraseAnswer['outcome'] =>
        decodeEraseAnswer(bytes, request.kind),
      ),
    marks,
  };
}

/** Far above any answer of docs/protocol/pin-node.md. */
const maxAnswerBytes = 64 * 1024;

async function post<A>(
  deps: NodeChannelDeps,
  address: string,
  headers: Record<string, string>,
  body: Uint8Array<ArrayBuffer>,
  decode: (bytes: Uint8Array) => A,
  onSent?: () => void,
): Promise<ReplyWith<A>> {
  try {
    const answering = deps.fetch(address, {
      method: 'POST',
      headers,
      body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: deps.timeout(deps.nodeTimeoutMs),
    });
    onSent?.();
    const response = await answering;
    if (response.status !== 200) {
      await response.body?.cancel();
      return refusedWith(response);
    }
    return { ok: true, answer: decode(await readBounded(response, maxAnswerBytes)) };
  } catch (error) {
    return failureOf(error);
  }
}

/** Statuses: docs/protocol/pin-node.md section 5. */
function refusedWith(response: Response): ReplyWith<never> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
  const failure = { 401: 'unauthorized', 429: 'busy' } as const;
  return {
    ok: false,
    failure: failure[response.status as keyof typeof failure] ?? 'broken',
    retryAfterMs,
  };
}

function failureOf(error: unknown): ReplyWith<never> {
  if (error instanceof MalformedError) return { ok: false, failure: 'broken', retryAfterMs: null };
  if (!isTransportFailure(error)) throw error;
  const silent = error instanceof DOMException && error.name === 'TimeoutError';
  return { ok: false, failure: silent ? 'silent' : 'unreachable', retryAfterMs: null };
}
