import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { namedAs } from '../people/person-view.ts';
import { tellDevices } from '../team-hexkey/tell-devices.ts';

/**
 * Tells owners, once, that their recovery contact could not help any more: they removed or blocked the owner, or deleted their
 * account. Called when somebody removes or blocks, and by the sweep, which also finds deleted accounts.
 * @param contactId only those whose contact this is
 */
export async function tellOfLostContacts(
  deps: Pick<Deps, 'clock' | 'random' | 'teamKey'>,
  stores: Stores,
  contactId: string | null = null,
): Promise<void> {
  for (const lost of await stores.recoveryContacts.listLost(contactId)) {
    const person = await stores.people.get(lost.owner_id, lost.contact_id);
    if (person === null) continue;
    // First, because it locks the row: every instance sweeps.
    if (!(await stores.recoveryContacts.setLossTold(lost.owner_id, lost.contact_id, deps.clock.now())))
      continue;
    await tellDevices(deps, stores, lost.owner_id, {
      kind: 'recoveryContactLost',
      parameters: {
        contact: namedAs(person),
        problem: lost.isDeleted ? 'deleted' : 'not-added-back',
      },
    });
  }
}
