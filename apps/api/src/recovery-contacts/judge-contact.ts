import type { RecoveryContactProblem } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Person } from '../people/people.store.ts';

/** What can be wrong with somebody who exists. */
export type ContactTrouble = Exclude<RecoveryContactProblem, 'unknown' | 'official' | 'yourself'>;

/**
 * Why somebody could not help the owner now, null when they could: alive, not blocked, a contact of the owner, who has added the owner,
 * with a device that can receive a code. Who blocks the owner looks like who has not added them.
 * @param person as the owner sees them
 */
export async function judgeContact(
  stores: Pick<Stores, 'people' | 'deviceKeys'>,
  ownerId: string,
  person: Person,
): Promise<ContactTrouble | null> {
  if (person.deleted_at_ms !== null) return 'deleted';
  if (person.blocked_at_ms !== null) return 'blocked';
  if (person.added_at_ms === null) return 'not-your-contact';
  if (!(await stores.people.hasAdded(person.id, ownerId))) return 'not-added-back';
  return (await stores.deviceKeys.listOf(person.id)).length === 0 ? 'no-device' : null;
}
