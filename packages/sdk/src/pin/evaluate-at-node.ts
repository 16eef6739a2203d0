import {
  type Clock,
  type Evaluation,
  isGenuineEvaluation,
  type NodeSet,
  type Recover2Ok,
} from '@hexkey/protocol';
import type { NodeChannel, NodeReply } from './node-channel.ts';
import type { BudgetReport } from './truth-of-nodes.ts';

/** What one node did with a guess. It may have counted it whatever the outcome. */
export interface NodeEvaluation {
  /** Null unless the node proved that it used its key. */
  readonly evaluation: Evaluation | null;
  /** Null when the node did not say. */
  readonly report: BudgetReport | null;
}

/**
 * Sends a guess to one node. After a transport failure the identical request goes out once more; nothing else is ever repeated.
 */
export async function evaluateAtNode(
  channel: NodeChannel,
  clock: Clock,
  realmId: string,
  version: Uint8Array,
  blindedInput: Uint8Array,
): Promise<NodeEvaluation> {
  const ask = () => channel.ask(realmId, { kind: 'Recover2', version, blindedInput });
  const first = await ask();
  const reply = !first.ok && first.failure === 'unreachable' ? await ask() : first;
  return readEvaluation(channel.set.nodeSet, clock, realmId, blindedInput, reply);
}

function readEvaluation(
  nodeSet: NodeSet,
  clock: Clock,
  realmId: string,
  blindedInput: Uint8Array,
  reply: NodeReply<'Recover2'>,
): NodeEvaluation {
  if (!reply.ok) {
    const locked = reply.failure === 'busy' && reply.retryAfterMs !== null;
    return { evaluation: null, report: locked ? { left: 0, openInMs: reply.retryAfterMs } : null };
  }
  const { answer } = reply;
  if (answer.outcome === 'Locked')
    return { evaluation: null, report: { left: 0, openInMs: answer.retryAfterMs } };
  if (answer.outcome !== 'Ok' || !isGenuineEvaluation(realmId, blindedInput, answer))
    return { evaluation: null, report: null };
  return { evaluation: answer, report: budgetReport(nodeSet, clock, answer) };
}

function budgetReport(nodeSet: NodeSet, clock: Clock, answer: Recover2Ok): BudgetReport {
  const { budget } = answer;
  if (budget === null) return { left: Math.max(0, answer.numGuesses - answer.guessCount), openInMs: 0 };
  // The lock is given in the node's time; a clock of ours that is behind must not make it longer than it can be.
  const remainingMs = budget.lockedUntilMs === null ? 0 : Math.max(1, budget.lockedUntilMs - clock.now());
  return {
    left: Math.max(0, budget.limit - budget.spent),
    openInMs: Math.min(remainingMs, nodeSet.limits[budget.bucket].windowMs),
  };
}
