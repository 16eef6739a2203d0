import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { verifyEd25519 } from '../account/ed25519.ts';
import { concatBytes, lengthPrefixed, utf8 } from '../encoding/bytes.ts';
import type { Secret } from '../encoding/secret.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';
import type { NodeSet } from './node-set.ts';
import { parseNodeSet } from './parse-node-set.ts';

/** The node set as it is published. Bytes are base64url. */
export interface SignedNodeSet {
  readonly payload: string;
  readonly signature: string;
  /** Of a set that follows another: what nodes of that one say to it (`node-set-chain.ts`). */
  readonly approvals?: readonly NodeSetApproval[];
}

/** The word of one node of the set before. */
export interface NodeSetApproval {
  /** 16 bytes, lower-case hexadecimal. */
  readonly realmId: string;
  /** Ed25519 by that node's log key, base64url. */
  readonly signature: string;
}

export interface VerifiedNodeSet {
  readonly nodeSet: NodeSet;
  /** SHA-256 of the payload bytes: stored with every record, so that a swapped set is noticed. 32 bytes. */
  readonly hash: Uint8Array;
}

/**
 * Checks the operator's signature before anything inside is believed (docs/protocol/pin-node.md section 1).
 * @param operatorKey Ed25519 public key, 32 bytes, compiled into the client
 * @throws {MalformedError} also for a wrong signature: there is nothing to do with such a document
 */
export function verifyNodeSet(document: SignedNodeSet, operatorKey: Uint8Array): VerifiedNodeSet {
  const payload = bytesOf(document.payload);
  if (!verifyEd25519(operatorKey, nodeSetStatement(payload), bytesOf(document.signature)))
    throw new MalformedError('node set: not signed by the operator');
  return { nodeSet: parseNodeSet(payload), hash: sha256(payload) };
}

/**
 * @param payload UTF-8 JSON of a `NodeSet`
 * @param operatorSecret Ed25519 seed, 32 bytes; kept offline by the operator
 * @throws {MalformedError} a payload that `verifyNodeSet` would refuse
 */
export function signNodeSet(payload: Uint8Array, operatorSecret: Secret<Uint8Array>): SignedNodeSet {
  parseNodeSet(payload);
  const signature = ed25519.sign(nodeSetStatement(payload), operatorSecret.reveal());
  return { payload: toBase64url(payload), signature: toBase64url(signature) };
}

function nodeSetStatement(payload: Uint8Array): Uint8Array {
  return concatBytes(lengthPrefixed(utf8('hexkey/1 node-set')), lengthPrefixed(payload));
}

function bytesOf(text: unknown): Uint8Array {
  if (typeof text !== 'string') throw new MalformedError('node set: not a signed document');
  try {
    return fromBase64url(text);
  } catch {
    throw new MalformedError('node set: not base64url');
  }
}
