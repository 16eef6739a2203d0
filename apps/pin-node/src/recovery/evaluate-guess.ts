import {
  type Budget,
  budgetOf,
  type NodeAnswer,
  type NodeRequest,
  type SpendVerdict,
  spendGuess,
  toHex,
} from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { type HeldRegistration, heldVersion } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';
import { reserveNewDeviceGuess } from './reserve-new-device-guess.ts';

type Recover2Request = Extract<NodeRequest, { kind: 'Recover2' }>;
type Grant =
  | { readonly evaluate: HeldRegistration; readonly budget: Budget }
  | { readonly answer: NodeAnswer };

/**
 * Juicebox's Recover2: spends one guess, then evaluates the blinded PIN with this node's key. The spend is durable
 * first: a caller that hangs up has paid, and a crash in between loses a guess, never gives one.
 * @throws {NodeRefusal} 400 for a point that is none; 429 for an official client on a new device without guesses left
 */
export async function evaluateGuess(
  deps: OperationDeps,
  context: OperationContext,
  request: Recover2Request,
): Promise<NodeAnswer> {
  if (!deps.groupOperations.isPoint(request.blindedInput))
    throw new NodeRefusal(400, 'the blinded input is not a point');
  const { nowMs } = context.time;
  const name = `${toHex(request.version)}/${toHex(request.blindedInput)}`;

  const decision = await decideOnRecord(deps, context, (record, caller): Decision<Grant> => {
    if (record.committed === null && record.staged === null)
      return { keep: { answer: { kind: 'Recover2', outcome: 'NotRegistered' } } };
    const held = heldVersion(record, request.version);
    if (held === null) return { keep: { answer: { kind: 'Recover2', outcome: 'VersionMismatch' } } };

    const spend = spendGuess(record.throttle, deps.limits, { caller, request: name, nowMs });
    if (spend.verdict === 'locked')
      return { note: { operation: 'guess', outcome: 'refused' }, result: lockedAnswer(context, spend) };
    if (spend.verdict === 'repeated')
      return { keep: { evaluate: held, budget: budgetOf(record.throttle, caller, deps.limits, nowMs) } };
    return {
      ...(spend.bucket === 'newDevice' && { reserve: () => reserveNewDeviceGuess(deps, context) }),
      write: { ...record, throttle: spend.state },
      event: { operation: 'guess', outcome: 'done' },
      result: { evaluate: held, budget: budgetOf(spend.state, caller, deps.limits, nowMs) },
    };
  });
  return 'answer' in decision ? decision.answer : evaluated(deps, context, request, decision);
}

function evaluated(
  deps: OperationDeps,
  context: OperationContext,
  request: Recover2Request,
  { evaluate: { registration }, budget }: Extract<Grant, { evaluate: HeldRegistration }>,
): NodeAnswer {
  const { blindedResult, proof } = deps.groupOperations.evaluate({
    privateKey: registration.oprfPrivateKey,
    publicKey: registration.oprfSignedPublicKey.publicKey,
    blindedInput: request.blindedInput,
    entropy: deps.random(64),
  });
  return {
    kind: 'Recover2',
    outcome: 'Ok',
    oprfSignedPublicKey: registration.oprfSignedPublicKey,
    blindedResult,
    proof,
    unlockKeyCommitment: registration.unlockKeyCommitment,
    numGuesses: budget.limit,
    guessCount: budget.spent,
    budget: context.requester.kind === 'device' ? budget : null,
  };
}

/** Our client is told how long; an official one knows only "no guesses" and "too many requests". */
function lockedAnswer(
  { requester, time }: OperationContext,
  { bucket, retryAtMs }: Extract<SpendVerdict, { verdict: 'locked' }>,
): Grant | NodeRefusal {
  const retryAfterMs = retryAtMs - time.nowMs;
  if (requester.kind === 'device')
    return { answer: { kind: 'Recover2', outcome: 'Locked', bucket, retryAfterMs } };
  if (bucket === 'provenDevice') return { answer: { kind: 'Recover2', outcome: 'NoGuesses' } };
  return new NodeRefusal(429, 'too many guesses', retryAfterMs);
}
