import { equalBytes } from '../../encoding/bytes.ts';
import type { Secret } from '../../encoding/secret.ts';
import { fromHex, toHex } from '../../encoding/text.ts';
import type { Recover2Ok } from '../wire/answers.ts';
import { verifyDleq } from './dleq.ts';
import { pointOf, type Scalar } from './group.ts';
import { largestGroup } from './largest-group.ts';
import { finalizeOprf } from './oprf.ts';
import { combinePoints } from './shamir.ts';
import { verifySignedPublicKey } from './signed-public-key.ts';
import { type UnlockKey, unlockKeyOf } from './unlock-key.ts';

/** What decides a guess in a node's Recover2 `Ok`. Nothing of it is trusted. */
export type Evaluation = Pick<
  Recover2Ok,
  'oprfSignedPublicKey' | 'blindedResult' | 'proof' | 'unlockKeyCommitment'
>;

/** The client's own part of a guess. */
export interface Guess {
  /** 32 bytes: the OPRF input. */
  readonly accessKey: Secret<Uint8Array>;
  readonly blindedInput: Uint8Array;
  readonly blindingFactor: Secret<Scalar>;
}

/** `undecided`: no `threshold` nodes agree on what record this is. */
export type GuessVerdict =
  | { readonly verdict: 'right'; readonly unlockKey: UnlockKey }
  | { readonly verdict: 'wrong' }
  | { readonly verdict: 'undecided' };

/** Whether a node evaluated this very input with the key that the record's maker signed for it. */
export function isGenuineEvaluation(
  realmId: string,
  blindedInput: Uint8Array,
  evaluation: Evaluation,
): boolean {
  const { oprfSignedPublicKey, blindedResult, proof } = evaluation;
  return (
    verifySignedPublicKey(oprfSignedPublicKey, fromHex(realmId)) &&
    verifyDleq({ blindedInput, publicKey: oprfSignedPublicKey.publicKey, blindedResult }, proof)
  );
}

/**
 * Decides a guess from genuine evaluations. Nodes of one record show the same commitment and verifying key; the first
 * `threshold` of such a group decide, and at n = 2t-1 there is at most one such group.
 *
 * @param evaluations by realm id; each has passed `isGenuineEvaluation`
 * @param indices `nodeIndices` of the whole set
 */
export function judgeGuess(
  guess: Guess,
  evaluations: ReadonlyMap<string, Evaluation>,
  indices: ReadonlyMap<string, number>,
  threshold: number,
): GuessVerdict {
  const group = largestGroup(evaluations, recordName).slice(0, threshold);
  const first = group[0];
  if (first === undefined || group.length < threshold) return { verdict: 'undecided' };
  const result = combinePoints(
    group.map(([realmId, { blindedResult }]) => ({
      index: indices.get(realmId) as number,
      value: pointOf(blindedResult),
    })),
  );
  const unlockKey = unlockKeyOf(finalizeOprf(guess.accessKey, guess.blindingFactor, result));
  return equalBytes(unlockKey.commitment, first[1].unlockKeyCommitment)
    ? { verdict: 'right', unlockKey }
    : { verdict: 'wrong' };
}

function recordName({ unlockKeyCommitment, oprfSignedPublicKey }: Evaluation): string {
  return `${toHex(unlockKeyCommitment)} ${toHex(oprfSignedPublicKey.verifyingKey)}`;
}
