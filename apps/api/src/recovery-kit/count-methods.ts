import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';
import { contactOf, type KnownContact } from '../recovery-contacts/contact-of.ts';

/** How many recovery methods would work now: the number, words whose check was passed, a contact without a problem. */
export async function countMethods(
  stores: Pick<Stores, 'recoveryContacts' | 'people' | 'deviceKeys'>,
  account: Account,
): Promise<number> {
  return methodsOf(account, await contactOf(stores, account.id));
}

/** A login through the contact begins with the number, so a contact without one is no way in. */
export function methodsOf(account: Account, contact: KnownContact | null): number {
  const hasPhone = account.phone_hash !== null;
  const hasWords = account.words_backed_up_at_ms !== null;
  return Number(hasPhone) + Number(hasWords) + Number(hasPhone && contact?.problem === null);
}
