import { DomainError, type PersonView } from '@hexkey/contract';
import { teamHexkeyId } from '../accounts/hexkey-id.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject, addressSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import type { Person } from './people.store.ts';
import { personViewOf, teamHexkeyView } from './person-view.ts';

type FindDeps = Pick<Deps, 'clock' | 'keys' | 'transact'>;

/** The person with a Hexkey ID. @throws {DomainError} `NotFound` (person), `TooMany` */
export function findPerson(
  deps: FindDeps,
  caller: Caller,
  hexkeyId: string,
  address: string,
): Promise<PersonView> {
  if (hexkeyId === teamHexkeyId) return Promise.resolve(teamHexkeyView);
  return withPerson(deps, caller, hexkeyId, address, async (_, person) =>
    personViewOf(caller.account.id, person),
  );
}

/**
 * Looks somebody up and goes on with them, in one transaction. The lookup is paid whatever comes of it: a refusal must not make the
 * next guess free.
 * @throws {DomainError} `NotFound` (person), `TooMany`, and what is returned as a refusal
 */
export async function withPerson(
  deps: FindDeps,
  { account }: Caller,
  hexkeyId: string,
  address: string,
  work: (stores: Stores, person: Person) => Promise<PersonView | DomainError>,
): Promise<PersonView> {
  const outcome = await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'personLookupsPerAccount', accountSubject(deps.keys, account.id));
    await enforceLimit(deps, stores, 'personLookupsPerAddress', addressSubject(deps.keys, address));
    const person = await stores.people.find(account.id, hexkeyId);
    return person === null ? new DomainError('NotFound', { what: 'person' }) : work(stores, person);
  });
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
}
