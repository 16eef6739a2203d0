import { DomainError } from '@hexkey/contract';
import { type Survey, type VersionPlaces, versionsIn } from './survey-nodes.ts';

/** The record that guards an account whose PIN is set: on at least t nodes, one of which has committed it. Null while none is seen. */
export function guardingVersion(survey: Survey): VersionPlaces | null {
  const found = versionsIn(survey).find(
    ({ holders, committedAt }) => committedAt.length > 0 && holders.length >= survey.threshold,
  );
  return found ?? null;
}

/**
 * Why there is no guarding version: `PinRecordMissing` when even the silent nodes could not make it t, else `NodesUnavailable`. Never a
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
