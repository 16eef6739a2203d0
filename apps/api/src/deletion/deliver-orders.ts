import {
  concatBytes,
  decodeEraseAnswer,
  type EraseRequest,
  type EraseSubject,
  encodeEraseRequest,
  MalformedError,
  resolveNodeAddress,
} from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { AccountDeletion, EraseDelivery } from './deletions.store.ts';
import { eraseSubjectIn, findNodeSet } from './erase-subject.ts';

/** How the server reaches nodes, which otherwise only clients do. */
export interface NodePorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** What relative addresses of nodes are relative to. */
  readonly origin: string;
}

type DeliverDeps = Pick<Deps, 'clock' | 'transact' | 'stores' | 'nodeSets'> & { readonly nodes: NodePorts };

/** A node that was away, or refused, is asked again. */
const againMs = 10 * 60_000;
/** A node that has obeyed is offered the order again: it may have been put back from a backup since. */
const offeredAgainMs = 24 * 60 * 60_000;
const atOnce = 50;
const answerTimeoutMs = 5000;
const maxAnswerBytes = 256;

/**
 * Tells nodes what owners signed: orders whose day has come, and withdrawals. What comes back is not believed to be more than it is; the node
 * judges the signature for itself. @returns how many nodes obeyed
 */
export async function deliverOrders(deps: DeliverDeps): Promise<number> {
  let obeyed = 0;
  for (;;) {
    const nowMs = deps.clock.now();
    const claimed = await deps.transact((stores) =>
      stores.deletions.claimDeliveries(nowMs, nowMs + againMs, atOnce),
    );
    const outcomes = await Promise.all(claimed.map((delivery) => deliver(deps, delivery)));
    obeyed += outcomes.filter((isObeyed) => isObeyed).length;
    if (claimed.length < atOnce) return obeyed;
  }
}

async function deliver(deps: DeliverDeps, delivery: EraseDelivery): Promise<boolean> {
  const deletion = await deps.stores.deletions.get(delivery.account_id);
  if (deletion === null || deletion.state === 'pending') return false;
  const set = findNodeSet(deps, deletion.node_set_hash);
  if (set === null) return false;
  const node = set.nodeSet.nodes.find(({ realmId }) => realmId === delivery.realm_id);
  if (node === undefined) return false;
  const url = `${resolveNodeAddress(node.address, deps.nodes.origin)}erase`;
  if (!(await isObeyed(deps.nodes, url, requestOf(eraseSubjectIn(set, deletion.account_id), deletion))))
    return false;
  const dueAtMs = deletion.state === 'executed' ? deps.clock.now() + offeredAgainMs : null;
  await deps.stores.deletions.settleDelivery(delivery, dueAtMs);
  return true;
}

function requestOf({ user }: EraseSubject, deletion: AccountDeletion): EraseRequest {
  const { effective_at_ms: effectiveAtMs, sequence, signature } = deletion;
  return deletion.state === 'withdrawn'
    ? { kind: 'WithdrawErase', user, withdrawal: { sequence, signature } }
    : { kind: 'Erase', user, order: { effectiveAtMs, sequence, signature } };
}

async function isObeyed(nodes: NodePorts, url: string, request: EraseRequest): Promise<boolean> {
  try {
    const response = await nodes.fetch(url, {
      method: 'POST',
      body: encodeEraseRequest(request),
      redirect: 'error',
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return false;
    }
    return decodeEraseAnswer(await readAnswer(response), request.kind) === 'Ok';
  } catch (error) {
    // Not there, too slow, or no node: it is asked again.
    if (error instanceof TypeError || error instanceof DOMException || error instanceof MalformedError)
      return false;
    throw error;
  }
}

/** Whatever length the node says, or keeps to itself, no more is taken in. @throws {MalformedError} it is longer; the rest is not read */
async function readAnswer({ body }: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let lengthBytes = 0;
  // Leaving the loop ends the stream.
  for await (const part of body ?? []) {
    lengthBytes += part.length;
    if (lengthBytes > maxAnswerBytes) throw new MalformedError('an answer beyond its bound');
    parts.push(part);
  }
  return concatBytes(...parts);
}
