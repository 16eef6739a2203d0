import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { giveNotice } from './give-notice.ts';
import { type LoadedGroup, listeningDevices } from './group-state.ts';
import { loadOwnGroup } from './load-own-group.ts';

/**
 * The owner makes and unmakes admins, or hands the group over and is an admin then. Everybody is told.
 * @throws {DomainError} `NotFound` (group, person), `NotAMember`, `Forbidden`, `InvalidField` (role), `NoDeviceToReach`: nobody would own the group
 */
export async function setGroupRole(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  caller: Caller,
  { groupId, accountId, role }: BodyOf<typeof routes.setGroupRole>,
): Promise<void> {
  await deps.transact(async (stores) => {
    const group = await loadOwnGroup(stores, caller, groupId, ['owner']);
    const member = group.members.find((each) => each.account_id === accountId);
    if (member === undefined || member.state === 'left')
      throw new DomainError('NotFound', { what: 'person' });
    if (accountId === caller.account.id) throw invalidField('role', 'an owner hands over to somebody else');
    if (member.role === role) return;
    if (role === 'owner' && !isPresent(group, accountId)) throw new DomainError('NoDeviceToReach', {});
    const own = { group_id: groupId, account_id: caller.account.id, role: 'admin', state: 'in' } as const;
    await stores.groups.putMembers([{ ...member, role }, ...(role === 'owner' ? [own] : [])]);
    const to = listeningDevices(group.members, group.leaves);
    await giveNotice(deps, stores, group.row, { what: 'role', account: accountId, role }, to);
  });
}

/** Whether somebody of the account hears what is said there. Who was not let in is answered like those whose devices are all gone. */
function isPresent({ members, leaves }: LoadedGroup, accountId: string): boolean {
  return listeningDevices(members, leaves).some((leaf) => leaf.account_id === accountId);
}
