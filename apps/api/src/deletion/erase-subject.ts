import { DomainError } from '@hexkey/contract';
import { type EraseSubject, equalBytes, type VerifiedNodeSet } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';

/** The set with that hash; null for one this installation does not have (any more): its nodes cannot be told. */
export function findNodeSet(
  { nodeSets }: Pick<Deps, 'nodeSets'>,
  hash: Uint8Array | null,
): VerifiedNodeSet | null {
  return hash === null ? null : (nodeSets.find((each) => equalBytes(each.hash, hash)) ?? null);
}

/** Whose records an order or withdrawal is about. */
export function eraseSubjectIn({ nodeSet, hash }: VerifiedNodeSet, accountId: string): EraseSubject {
  return { user: { tenant: nodeSet.tenant, userId: accountId }, nodeSetHash: hash };
}

export const realmIdsOf = (set: VerifiedNodeSet | null): readonly string[] =>
  set === null ? [] : set.nodeSet.nodes.map(({ realmId }) => realmId);

/** @throws {DomainError} `Forbidden` for a set this installation does not have */
export function requireNodeSet(deps: Pick<Deps, 'nodeSets'>, hash: Uint8Array | null): VerifiedNodeSet {
  const set = findNodeSet(deps, hash);
  if (set === null) throw new DomainError('Forbidden', { reason: 'not-allowed' });
  return set;
}
