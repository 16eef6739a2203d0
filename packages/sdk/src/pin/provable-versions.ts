import { DomainError } from '@hexkey/contract';
import { type Survey, type VersionPlaces, versionsIn } from './survey-nodes.ts';

/** The records a PIN may be proven against. One, except while a PIN change is interrupted. */
export interface Provable {
  /** On at least t nodes each, the newest first: it is the one its owner meant last. */
  readonly candidates: readonly VersionPlaces[];
  /** Another version is, or with nodes that are away could be, provable too: the change must be settled. */
  readonly contested: boolean;
}

/**
 * The records of an account whose PIN is set, as soon as nodes that have not spoken cannot add one. Null while that is open, and when
 * there is none.
 *
 * @param pending nodes that may still answer; they are among `survey.unanswered`
 */
export function provableVersions(survey: Survey, pending: number): Provable | null {
  const { threshold, unanswered } = survey;
  const found = versionsIn(survey);
  // Without any commit there is no PIN: nobody is asked to prove what only a first set has staged.
  if (!found.some(({ committedAt }) => committedAt.length > 0)) return null;
  const candidates = found.filter(({ holders }) => holders.length >= threshold);
  if (candidates.length === 0) return null;
  // With n = 2t-1 a version that nobody has shown yet cannot reach t beside one that has.
  const possible = found.filter(({ holders }) => holders.length + unanswered >= threshold);
  if (possible.length > 1 && pending > 0) return null;
  return {
    candidates: candidates.toSorted((left, right) => Number(isStaged(right)) - Number(isStaged(left))),
    contested: possible.length > 1,
  };
}

/** A version is staged beside the one it is to replace. */
const isStaged = ({ holders, committedAt }: VersionPlaces) => committedAt.length < holders.length;

/**
 * Why there is no provable version: `PinRecordMissing` when even the silent nodes could not make it t, else `NodesUnavailable`. Never a
 * reason to offer a new PIN: nodes that claim to know nobody would be given one.
 */
export function missingVersion(
  survey: Survey,
): DomainError<'PinRecordMissing'> | DomainError<'NodesUnavailable'> {
  const most = Math.max(0, ...versionsIn(survey).map(({ holders }) => holders.length));
  return most + survey.unanswered < survey.threshold
    ? new DomainError('PinRecordMissing', {})
    : new DomainError('NodesUnavailable', { reachable: most, needed: survey.threshold });
}
