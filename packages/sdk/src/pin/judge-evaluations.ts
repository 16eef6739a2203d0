import { DomainError } from '@hexkey/contract';
import { type Evaluation, type Guess, judgeGuess, nodeIndices, type UnlockKey } from '@hexkey/protocol';
import type { NodeEvaluation } from './evaluate-at-node.ts';
import type { NodeChannel } from './node-channel.ts';
import { truthOfNodes } from './truth-of-nodes.ts';

export type Verdict =
  | { readonly verdict: 'right'; readonly unlockKey: UnlockKey }
  /** `judgedWrong`: t nodes evaluated the digits and they are not the PIN; otherwise nobody can tell. */
  | { readonly verdict: 'refused'; readonly refusal: DomainError; readonly judgedWrong: boolean };

/**
 * The verdict on a guess from the nodes that have spoken, as soon as the others cannot change it.
 * @param pending nodes that may still speak
 */
export function judgeEvaluations(
  channel: NodeChannel,
  guess: Guess,
  answers: ReadonlyMap<string, NodeEvaluation | null>,
  pending: number,
): Verdict | undefined {
  const { nodes, threshold } = channel.set.nodeSet;
  const spoken = [...answers].flatMap(([id, answer]) => (answer === null ? [] : [[id, answer] as const]));
  const evaluations = new Map<string, Evaluation>(
    spoken.flatMap(([id, { evaluation }]) => (evaluation === null ? [] : [[id, evaluation] as const])),
  );
  const reports = spoken.flatMap(([, { report }]) => (report === null ? [] : [report]));
  const indices = nodeIndices(nodes.map(({ realmId }) => realmId));
  const judged = judgeGuess(guess, evaluations, indices, threshold);
  if (judged.verdict === 'right') return judged;
  if (judged.verdict === 'wrong') return refused(truthOfNodes(reports, threshold), true);
  if (evaluations.size + pending >= threshold && pending > 0) return undefined;
  const truth = truthOfNodes(reports, threshold);
  if (truth?.name === 'PinLocked') return refused(truth);
  return refused(new DomainError('NodesUnavailable', { reachable: evaluations.size, needed: threshold }));
}

function refused(refusal: DomainError | null, judgedWrong = false): Verdict {
  if (refusal === null) throw new Error('t nodes evaluated the guess without saying what is left');
  return { verdict: 'refused', refusal, judgedWrong };
}
