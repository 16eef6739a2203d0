import { DomainError, type PersonView } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { tellOfLostContacts } from '../recovery-contacts/tell-of-lost-contacts.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { refusalOf, refuseOfficial } from './contacts.ts';
import { withPerson } from './find-person.ts';
import { byName, personViewOf } from './person-view.ts';

const maxBlocked = 2000;

export async function listBlocked(
  { stores }: Pick<Deps, 'stores'>,
  { account }: Caller,
): Promise<{ people: PersonView[] }> {
  const people = await stores.people.listBlocked(account.id);
  return { people: people.map((person) => personViewOf(account.id, person)).sort(byName) };
}

/**
 * Blocks somebody, who is then no contact either. They are not told.
 * @throws {DomainError} `NotAPerson`, `TooManyContacts`, `NotFound` (person), `TooMany`
 */
export function blockPerson(
  deps: Pick<Deps, 'clock' | 'keys' | 'random' | 'teamKey' | 'transact'>,
  caller: Caller,
  hexkeyId: string,
  address: string,
): Promise<PersonView> {
  refuseOfficial(hexkeyId);
  const { id } = caller.account;
  return withPerson(deps, caller, hexkeyId, address, async (stores, person) => {
    const refusal = refusalOf(id, person);
    if (refusal !== null) return refusal;
    if (person.blocked_at_ms === null && (await stores.people.countBlocked(id)) >= maxBlocked)
      return new DomainError('TooManyContacts', { max: maxBlocked });
    const nowMs = deps.clock.now();
    await stores.people.block(id, person.id, nowMs);
    await stores.people.removeContact(id, person.id);
    await tellOfLostContacts(deps, stores, id);
    return personViewOf(id, { ...person, added_at_ms: null, blocked_at_ms: nowMs });
  });
}

export async function unblockPerson(
  { transact }: Pick<Deps, 'transact'>,
  { account }: Caller,
  hexkeyId: string,
): Promise<void> {
  await transact(async (stores) => {
    const person = await stores.people.find(account.id, hexkeyId);
    if (person !== null) await stores.people.unblock(account.id, person.id);
  });
}
