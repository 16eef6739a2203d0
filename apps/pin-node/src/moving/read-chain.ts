import {
  equalBytes,
  MalformedError,
  type SignedNodeSet,
  type VerifiedNodeSet,
  verifyNodeSetChain,
} from '@hexkey/protocol';
import type { OperationDeps } from '../operation.ts';
import { NodeRefusal } from '../refusal.ts';

/** The two ends of a chain of node sets. */
export interface ChainEnds {
  readonly from: VerifiedNodeSet;
  readonly to: VerifiedNodeSet;
}

/**
 * Checks a chain with the operator's key and the approvals in it, so that a node needs to be told of no set but its own.
 * @param own which end this node's set must be
 * @throws {NodeRefusal} 400
 */
export function readChain(
  { moves }: Pick<OperationDeps, 'moves'>,
  chain: readonly SignedNodeSet[],
  own: 'from' | 'to',
): ChainEnds {
  const sets = verifiedOr400(chain, moves.operatorKey);
  const ends = { from: sets[0] as VerifiedNodeSet, to: sets.at(-1) as VerifiedNodeSet };
  if (sets.length < 2 || !equalBytes(ends[own].hash, moves.nodeSetHash))
    throw new NodeRefusal(400, 'the node sets do not lead here');
  return ends;
}

function verifiedOr400(chain: readonly SignedNodeSet[], operatorKey: Uint8Array): readonly VerifiedNodeSet[] {
  try {
    return verifyNodeSetChain(chain, operatorKey);
  } catch (error) {
    if (error instanceof MalformedError) throw new NodeRefusal(400, 'the node sets are no chain');
    throw error;
  }
}
