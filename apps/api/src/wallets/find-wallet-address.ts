import { type AnswerOf, DomainError, type routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import { teamHexkeyId } from '../accounts/hexkey-id.ts';
import type { Deps } from '../deps.ts';
import { deviceListView } from '../device-lists/read-device-lists.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { accountSubject, addressSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

type Answer = AnswerOf<typeof routes.getWalletAddress>;

/**
 * Where a person is paid. A stranger costs a lookup, as `findPerson` does. Whether they block the caller makes no difference.
 * @throws {DomainError} `NotFound` (person, wallet), `AccountDeleted`, `TooMany`
 */
export async function findWalletAddress(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  { account }: Caller,
  hexkeyId: string,
  address: string,
): Promise<Answer> {
  const outcome = await deps.transact(async (stores): Promise<Answer | DomainError> => {
    const subject = accountSubject(deps.keys, account.id);
    await enforceLimit(deps, stores, 'walletAddressesPerAccount', subject);
    const person = hexkeyId === teamHexkeyId ? null : await stores.people.find(account.id, hexkeyId);
    // Returned, not thrown: what was spent stays spent, or the next guess would be free.
    if (person?.added_at_ms == null && person?.id !== account.id) {
      await enforceLimit(deps, stores, 'personLookupsPerAccount', subject);
      await enforceLimit(deps, stores, 'personLookupsPerAddress', addressSubject(deps.keys, address));
    }
    if (person === null) return new DomainError('NotFound', { what: 'person' });
    if (person.deleted_at_ms !== null) return new DomainError('AccountDeleted', {});
    const wallet = await stores.wallets.get(person.id);
    if (wallet === null) return new DomainError('NotFound', { what: 'wallet' });
    const list = await stores.deviceLists.get(person.id);
    return {
      accountId: person.id,
      publicKey: toBase64url(wallet.public_key),
      aik: toBase64url(wallet.aik),
      signature: toBase64url(wallet.address_signature),
      deviceList: list === null ? null : deviceListView(list),
    };
  });
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
}
