import { DomainError, routes, type SessionView } from '@hexkey/contract';
import {
  fromBase64url,
  MalformedError,
  placeInChain,
  type SignedNodeSet,
  type VerifiedNodeSet,
  verifyNodeSetChain,
} from '@hexkey/protocol';
import type { ApiClient, Caller } from '../transport/api-client.ts';

/** The installation's node sets, oldest first, each verified as the successor of the one before. */
export interface NodeSets {
  readonly documents: readonly SignedNodeSet[];
  readonly sets: readonly VerifiedNodeSet[];
  /** Place of the set that the account's PIN is on, as far as this device and the server know. */
  readonly own: number;
  /** The same, by the server alone; -1 before a PIN was prepared. */
  readonly told: number;
  /** Place of a set that may still hold what it has to erase; -1 for none. */
  readonly leaving: number;
}

/**
 * The operator's node sets. Nothing of them is believed before signatures and approvals are checked, and an account that has been used with
 * one set is only used with another to which approvals lead from that one: a server that could name nodes could ask the owner's device for guesses.
 *
 * @param known hash of the set this account was last used with on this device; null for none
 * @throws {DomainError} `NodeSetMismatch` for documents that are no chain, or one without that set
 */
export async function loadNodeSets(
  api: ApiClient,
  operatorKey: Uint8Array,
  caller: Caller,
  { known, pinState }: { readonly known: Uint8Array | null; readonly pinState: SessionView['pinState'] },
): Promise<NodeSets> {
  const { sets: documents, own, leaving } = await api.call(routes.getNodeSets, { caller });
  const sets = verified(documents, operatorKey);
  const placeOf = (hash: Uint8Array | null) => {
    if (hash === null) return -1;
    const place = placeInChain(sets, hash);
    if (place === -1) throw new DomainError('NodeSetMismatch', {});
    return place;
  };
  const told = placeOf(own === null ? null : fromBase64url(own));
  const ownPlace = Math.max(placeOf(known), told);
  return {
    documents,
    sets,
    told,
    // Nothing of an account without a PIN is on any node: it begins with the newest.
    own: ownPlace === -1 || (pinState === 'unset' && told === -1) ? sets.length - 1 : ownPlace,
    leaving: placeOf(leaving === null ? null : fromBase64url(leaving)),
  };
}

function verified(documents: readonly SignedNodeSet[], operatorKey: Uint8Array): readonly VerifiedNodeSet[] {
  try {
    return verifyNodeSetChain(documents, operatorKey);
  } catch (error) {
    if (error instanceof MalformedError) throw new DomainError('NodeSetMismatch', {});
    throw error;
  }
}
