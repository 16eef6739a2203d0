import { type BodyOf, DomainError, type PersonView, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject, addressSubject } from '../limits/subjects.ts';
import { personViewOf } from '../people/person-view.ts';
import { phoneHash, readPhone } from '../phone-verification/phone-numbers.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * The person with a number, if they let the caller find them. The same statements run whether somebody has the number, hides it or blocks the
 * caller, and the lookup is paid in each case.
 * @throws {DomainError} `InvalidPhoneNumber`, `NotFound` (person), `TooMany` for up to 12 hours
 */
export async function findByPhone(
  deps: Pick<Deps, 'clock' | 'keys' | 'random' | 'transact'>,
  { account }: Caller,
  { phone }: BodyOf<typeof routes.findByPhone>,
  address: string,
): Promise<PersonView> {
  const hash = phoneHash(deps.keys, readPhone(phone));
  const person = await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'phoneLookupsPerAccount', accountSubject(deps.keys, account.id));
    await enforceLimit(deps, stores, 'phoneLookupsPerAddress', addressSubject(deps.keys, address));
    const foundId = await stores.privacy.findByPhone(account.id, hash);
    return stores.people.get(account.id, foundId ?? newUuid(deps.random));
  });
  if (person === null) throw new DomainError('NotFound', { what: 'person' });
  return personViewOf(account.id, person);
}
