import { DomainError, routes } from '@hexkey/contract';
import { equalBytes, MalformedError, type VerifiedNodeSet, verifyNodeSet } from '@hexkey/protocol';
import type { ApiClient } from '../transport/api-client.ts';

/**
 * The operator's node set. Nothing of it is believed before its signature is checked, and an account that has been used with one
 * set is not used with another: a server that could name nodes could ask the owner's device for guesses.
 *
 * @param pinnedHash of the set this account was first seen with on this device
 * @throws {DomainError} `NodeSetMismatch` for a document the operator did not sign, or for another set than the pinned one
 */
export async function loadNodeSet(
  api: ApiClient,
  operatorKey: Uint8Array,
  pinnedHash: Uint8Array | null,
): Promise<VerifiedNodeSet> {
  const document = await api.call(routes.getNodeSet, {});
  const set = verified(document, operatorKey);
  if (pinnedHash !== null && !equalBytes(set.hash, pinnedHash)) throw new DomainError('NodeSetMismatch', {});
  return set;
}

function verified(document: Parameters<typeof verifyNodeSet>[0], operatorKey: Uint8Array): VerifiedNodeSet {
  try {
    return verifyNodeSet(document, operatorKey);
  } catch (error) {
    if (error instanceof MalformedError) throw new DomainError('NodeSetMismatch', {});
    throw error;
  }
}
