import { DomainError } from '@hexkey/contract';
import type { Survey } from './survey-nodes.ts';

/**
 * A new PIN goes to every node, unless its owner accepts fewer: each one that is missed is one fewer that may fail later.
 * @throws {DomainError} `SomeNodesAway`
 */
export function requireEveryNode({ held, unanswered }: Survey, acceptFewerNodes: boolean): void {
  if (unanswered > 0 && !acceptFewerNodes)
    throw new DomainError('SomeNodesAway', { reachable: held.size, needed: held.size + unanswered });
}
