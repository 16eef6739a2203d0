import type { RecoveryContactView } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Person } from '../people/people.store.ts';
import { personViewOf } from '../people/person-view.ts';
import { type ContactTrouble, judgeContact } from './judge-contact.ts';

export interface KnownContact {
  readonly person: Person;
  readonly setAtMs: number;
  readonly problem: ContactTrouble | null;
}

/** The recovery contact of an account as things stand; null when none is set. */
export async function contactOf(
  stores: Pick<Stores, 'recoveryContacts' | 'people' | 'deviceKeys'>,
  ownerId: string,
): Promise<KnownContact | null> {
  const row = await stores.recoveryContacts.get(ownerId);
  const person = row === null ? null : await stores.people.get(ownerId, row.contact_id);
  if (row === null || person === null) return null;
  return { person, setAtMs: row.set_at_ms, problem: await judgeContact(stores, ownerId, person) };
}

export function recoveryContactViewOf(
  ownerId: string,
  { person, setAtMs, problem }: KnownContact,
): RecoveryContactView {
  return { person: personViewOf(ownerId, person), setAtMs, problem };
}
