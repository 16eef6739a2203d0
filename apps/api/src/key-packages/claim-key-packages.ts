import { type AnswerOf, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { deviceListView } from '../device-lists/read-device-lists.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject, addressSubject, pairSubject } from '../limits/subjects.ts';
import { refuseOfficial } from '../people/contacts.ts';
import type { Person } from '../people/people.store.ts';
import { personViewOf } from '../people/person-view.ts';
import { mayReach } from '../privacy/may-reach.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import type { Claimed } from './key-packages.store.ts';

type ClaimDeps = Pick<Deps, 'clock' | 'keys' | 'transact'>;
type Answer = AnswerOf<typeof routes.claimKeyPackages>;

/**
 * One key package of each device of a person. Whoever is not let through gets those of last resort, which is also what anybody gets once the
 * others are used up.
 * @throws {DomainError} `NotFound` (person), `NotAPerson`, `TooMany`
 */
export async function claimKeyPackages(
  deps: ClaimDeps,
  caller: Caller,
  body: BodyOf<typeof routes.claimKeyPackages>,
  address: string,
): Promise<Answer> {
  if ('hexkeyId' in body) refuseOfficial(body.hexkeyId);
  const outcome = await deps.transact(async (stores) => {
    const { id: ownId } = caller.account;
    await enforceLimit(deps, stores, 'keyPackageClaimsPerAccount', accountSubject(deps.keys, ownId));
    const person = await findKnown(deps, stores, caller, body, address);
    // Returned, not thrown: what was spent stays spent, or the next guess would be free.
    if (person === null) return new DomainError('NotFound', { what: 'person' });
    if (person.deleted_at_ms !== null) return new DomainError('NotAPerson', { reason: 'deleted' });
    await enforceLimit(deps, stores, 'keyPackageClaimsOfPerson', pairSubject(deps.keys, ownId, person.id));
    return await claim(deps, stores, caller, person);
  });
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
}

/** By account id only whom the caller has something to do with; by Hexkey ID anybody, for the price of a lookup if it is a stranger. */
async function findKnown(
  deps: ClaimDeps,
  stores: Stores,
  { account }: Caller,
  body: BodyOf<typeof routes.claimKeyPackages>,
  address: string,
): Promise<Person | null> {
  const person =
    'hexkeyId' in body
      ? await stores.people.find(account.id, body.hexkeyId)
      : await stores.people.get(account.id, body.accountId);
  if (person !== null && (await isKnown(deps, stores, account.id, person))) return person;
  if (!('hexkeyId' in body)) return null;
  await enforceLimit(deps, stores, 'personLookupsPerAccount', accountSubject(deps.keys, account.id));
  await enforceLimit(deps, stores, 'personLookupsPerAddress', addressSubject(deps.keys, address));
  return person;
}

async function isKnown(
  { clock }: ClaimDeps,
  stores: Stores,
  ownId: string,
  person: Person,
): Promise<boolean> {
  if (person.id === ownId || person.added_at_ms !== null) return true;
  if ((await stores.groups.sharingWith(ownId, [person.id])).length > 0) return true;
  return await stores.groupInvites.isApprovedBy(ownId, person.id, clock.now());
}

async function claim({ clock }: ClaimDeps, stores: Stores, caller: Caller, person: Person): Promise<Answer> {
  const { id: ownId } = caller.account;
  const nowMs = clock.now();
  const approach = { senderId: ownId, receiverId: person.id };
  const reach = await mayReach(stores, [
    { ...approach, purpose: 'message' },
    { ...approach, purpose: 'group' },
  ]);
  const isLetThrough =
    person.id === ownId ||
    reach.includes(true) ||
    (await stores.groupInvites.isApprovedBy(ownId, person.id, nowMs));
  const lastResorts = await stores.keyPackages.lastResorts(person.id, nowMs);
  const once = isLetThrough ? await stores.keyPackages.takeOneOfEach(person.id, nowMs) : [];
  const byDevice = new Map<string, Claimed>([...lastResorts, ...once].map((each) => [each.device_id, each]));
  byDevice.delete(caller.session.id);
  const deviceList = await stores.deviceLists.get(person.id);
  return {
    accountId: person.id,
    person: personViewOf(ownId, person),
    deviceList: deviceList === null ? null : deviceListView(deviceList),
    devices: [...byDevice.values()]
      .sort((left, right) => (left.device_id < right.device_id ? -1 : 1))
      .map((each) => ({ deviceId: each.device_id, keyPackage: toBase64url(each.key_package) })),
  };
}
