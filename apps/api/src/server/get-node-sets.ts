import type { AnswerOf, routes } from '@hexkey/contract';
import { type SignedNodeSet, toBase64url } from '@hexkey/protocol';
import type { Caller } from '../sessions/authenticate-request.ts';

/** Every set this installation has had, as its documents say, and the one the caller's PIN is on. */
export function getNodeSets(
  signedNodeSets: readonly SignedNodeSet[],
  { account }: Caller,
): AnswerOf<typeof routes.getNodeSets> {
  return {
    sets: signedNodeSets.map(({ payload, signature, approvals = [] }) => ({
      payload,
      signature,
      approvals: approvals.map((approval) => ({ realmId: approval.realmId, signature: approval.signature })),
    })),
    own: account.node_set_hash && toBase64url(account.node_set_hash),
    leaving: account.left_node_set_hash && toBase64url(account.left_node_set_hash),
  };
}
