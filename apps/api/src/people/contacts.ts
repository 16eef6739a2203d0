import { DomainError, type PersonView } from '@hexkey/contract';
import { teamHexkeyId } from '../accounts/hexkey-id.ts';
import type { Deps } from '../deps.ts';
import { tellOfLostContacts } from '../recovery-contacts/tell-of-lost-contacts.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { withPerson } from './find-person.ts';
import type { Person } from './people.store.ts';
import { byName, personViewOf } from './person-view.ts';

/** More than anybody knows, and few enough to answer in one piece. */
const maxContacts = 2000;

export async function listContacts(
  { stores }: Pick<Deps, 'stores'>,
  { account }: Caller,
): Promise<{ people: PersonView[] }> {
  const people = await stores.people.listContacts(account.id);
  return { people: people.map((person) => personViewOf(account.id, person)).sort(byName) };
}

/** One-sided; it also ends a block. @throws {DomainError} `NotAPerson`, `TooManyContacts`, `NotFound` (person), `TooMany` */
export function addContact(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  caller: Caller,
  hexkeyId: string,
  address: string,
): Promise<PersonView> {
  refuseOfficial(hexkeyId);
  const { id } = caller.account;
  return withPerson(deps, caller, hexkeyId, address, async (stores, person) => {
    const refusal = refusalOf(id, person);
    if (refusal !== null) return refusal;
    if (person.added_at_ms === null && (await stores.people.countContacts(id)) >= maxContacts)
      return new DomainError('TooManyContacts', { max: maxContacts });
    const nowMs = deps.clock.now();
    await stores.people.addContact(id, person.id, nowMs);
    await stores.people.unblock(id, person.id);
    await stores.recoveryContacts.forgetLoss(person.id, id);
    return personViewOf(id, { ...person, added_at_ms: nowMs, blocked_at_ms: null });
  });
}

/** Removing somebody who is not there changes nothing. */
export async function removeContact(
  deps: Pick<Deps, 'clock' | 'random' | 'teamKey' | 'transact'>,
  { account }: Caller,
  hexkeyId: string,
): Promise<void> {
  await deps.transact(async (stores) => {
    const person = await stores.people.find(account.id, hexkeyId);
    if (person === null) return;
    await stores.people.removeContact(account.id, person.id);
    await tellOfLostContacts(deps, stores, account.id);
  });
}

/** Team Hexkey needs no adding and cannot be shut out. @throws {DomainError} `NotAPerson` */
export function refuseOfficial(hexkeyId: string): void {
  if (hexkeyId === teamHexkeyId) throw new DomainError('NotAPerson', { reason: 'official' });
}

/** Why somebody cannot be added or blocked; null when they can. */
export function refusalOf(ownId: string, person: Person): DomainError<'NotAPerson'> | null {
  if (person.id === ownId) return new DomainError('NotAPerson', { reason: 'yourself' });
  return person.deleted_at_ms === null ? null : new DomainError('NotAPerson', { reason: 'deleted' });
}
