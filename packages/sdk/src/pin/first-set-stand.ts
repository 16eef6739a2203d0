import { DomainError } from '@hexkey/contract';
import { type Survey, type VersionPlaces, versionsIn } from './survey-nodes.ts';

export type FirstSetStand =
  /** Nothing counts yet. */
  | { readonly stand: 'not-begun' }
  /** The PIN of this version is the account's: prove it and commit it everywhere. */
  | { readonly stand: 'interrupted'; readonly places: VersionPlaces };

/**
 * Where a first set stopped (docs/protocol/account-api.md section 7). A version on t nodes that may have been committed somewhere is
 * finished; one that cannot have been is replaced.
 *
 * @throws {DomainError} `NodesUnavailable` when a committed version lacks nodes that are away
 */
export function firstSetStand(survey: Survey): FirstSetStand {
  const { threshold, unanswered } = survey;
  for (const places of versionsIn(survey)) {
    const committed = places.committedAt.length > 0;
    // Away nodes may have committed what is only staged here; replacing it would leave them behind for ever.
    if ((committed || unanswered > 0) && places.holders.length >= threshold)
      return { stand: 'interrupted', places };
    if (committed && places.holders.length + unanswered >= threshold)
      throw new DomainError('NodesUnavailable', { reachable: places.holders.length, needed: threshold });
  }
  return { stand: 'not-begun' };
}
