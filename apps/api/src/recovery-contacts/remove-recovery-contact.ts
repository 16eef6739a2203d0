import { DomainError } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import { namedAs } from '../people/person-view.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';
import { contactOf } from './contact-of.ts';

/** Logins through the contact that are under way end with it. @throws {DomainError} `NoRecoveryContact` */
export function removeRecoveryContact(
  deps: Pick<Deps, 'clock' | 'random' | 'teamKey' | 'transact'>,
  { session, account }: Caller,
  address: string,
): Promise<void> {
  return deps.transact(async (stores) => {
    const contact = await contactOf(stores, account.id);
    if (contact === null) throw new DomainError('NoRecoveryContact', {});
    await stores.recoveryContacts.drop(account.id);
    await stores.recoveryContacts.dropCode(account.id);
    await stores.contactLogins.dropOf(account.id);
    await tellDevices(deps, stores, contact.person.id, {
      kind: 'youAreNoRecoveryContact',
      parameters: { owner: namedAs(account) },
    });
    await tellDevices(deps, stores, account.id, {
      kind: 'recoveryContactRemoved',
      parameters: { contact: namedAs(contact.person), device: noticedDevice(session, address) },
    });
    const operation = 'removeRecoveryContact';
    await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
  });
}
