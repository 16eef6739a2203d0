import { type KeyPair, signEd25519, verifyEd25519 } from '../account/ed25519.ts';
import { statement } from '../account/statements.ts';
import { equalBytes } from '../encoding/bytes.ts';
import { fromBase64url, fromHex, toBase64url } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';
import type { NodeSet } from './node-set.ts';
import {
  type NodeSetApproval,
  type SignedNodeSet,
  type VerifiedNodeSet,
  verifyNodeSet,
} from './sign-node-set.ts';

/** No installation is expected to outlive so many sets; it bounds what a client verifies. */
export const maxNodeSetChain = 32;

/**
 * A node's word that the owners of its records may move to another set. Its operator gives it, offline, after looking at the set.
 * @param logKeys of a node of `before`; the seed stays with it
 * @throws {MalformedError} a set that cannot follow, or a key of no node
 */
export function approveNodeSet(
  before: VerifiedNodeSet,
  next: VerifiedNodeSet,
  logKeys: KeyPair,
): NodeSetApproval {
  checkFollows(before.nodeSet, next.nodeSet);
  const own = before.nodeSet.nodes.find(({ logKey }) => logKey === toBase64url(logKeys.publicKey));
  if (own === undefined) throw new MalformedError('node set: no node of the set before has this key');
  return {
    realmId: own.realmId,
    signature: toBase64url(signEd25519(logKeys, approvalOf(own.realmId, before, next))),
  };
}

/**
 * A set that may take the place of `before`: signed by the operator, and approved by t nodes of `before`, so that whoever holds the operator
 * key alone moves nobody's PIN (docs/protocol/pin-node.md section 10).
 * @throws {MalformedError}
 */
export function verifySuccessor(
  before: VerifiedNodeSet,
  document: SignedNodeSet,
  operatorKey: Uint8Array,
): VerifiedNodeSet {
  const next = verifyNodeSet(document, operatorKey);
  checkFollows(before.nodeSet, next.nodeSet);
  const approving = new Set<string>();
  for (const { realmId, signature } of approvalsOf(document)) {
    const node = before.nodeSet.nodes.find((entry) => entry.realmId === realmId);
    if (node === undefined) continue;
    const signed = approvalOf(realmId, before, next);
    if (verifyEd25519(fromBase64url(node.logKey), signed, signatureOf(signature))) approving.add(realmId);
  }
  if (approving.size < before.nodeSet.threshold)
    throw new MalformedError('node set: fewer than t nodes of the set before approve it');
  return next;
}

/**
 * @param documents each the successor of the one before it
 * @returns as verified, in the same order
 * @throws {MalformedError} also for an empty or an overlong chain
 */
export function verifyNodeSetChain(
  documents: readonly SignedNodeSet[],
  operatorKey: Uint8Array,
): readonly VerifiedNodeSet[] {
  const [first, ...rest] = documents;
  if (first === undefined || documents.length > maxNodeSetChain)
    throw new MalformedError('node sets: no chain');
  const sets = [verifyNodeSet(first, operatorKey)];
  for (const document of rest)
    sets.push(verifySuccessor(sets.at(-1) as VerifiedNodeSet, document, operatorKey));
  return sets;
}

/** Where in a chain a set is, by its hash; -1 for nowhere. */
export function placeInChain(chain: readonly VerifiedNodeSet[], hash: Uint8Array): number {
  return chain.findIndex((set) => equalBytes(set.hash, hash));
}

/** Who stays starts a second node: one database never serves two sets, and what is erased at one stays at no other. */
function checkFollows(before: NodeSet, next: NodeSet): void {
  if (next.id !== before.id || next.epoch !== before.epoch + 1 || next.tenant !== before.tenant)
    throw new MalformedError('node set: not the next one of the set before');
  const realmIds = new Set(before.nodes.map(({ realmId }) => realmId));
  const logKeys = new Set(before.nodes.map(({ logKey }) => logKey));
  if (next.nodes.some(({ realmId, logKey }) => realmIds.has(realmId) || logKeys.has(logKey)))
    throw new MalformedError('node set: a node of the set before is in it');
}

function approvalOf(realmId: string, before: VerifiedNodeSet, next: VerifiedNodeSet): Uint8Array {
  return statement('hexkey/1 node-set-approval', fromHex(realmId), before.hash, next.hash);
}

function approvalsOf({ approvals }: SignedNodeSet): readonly NodeSetApproval[] {
  if (!Array.isArray(approvals)) throw new MalformedError('node set: no approvals');
  return approvals.map((approval: unknown) => {
    const { realmId, signature } = (approval ?? {}) as Record<string, unknown>;
    if (typeof realmId !== 'string' || typeof signature !== 'string')
      throw new MalformedError('node set: not an approval');
    return { realmId, signature };
  });
}

function signatureOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch {
    throw new MalformedError('node set: not base64url');
  }
}
