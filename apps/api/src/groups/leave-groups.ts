import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { giveNotice } from './give-notice.ts';
import { type LoadedGroup, listeningDevices, loadGroup } from './group-state.ts';

/**
 * Takes an account that is deleted out of every group, whose members are told; a group it owned goes to an admin, or to somebody else who
 * hears what is said there, and one in which nobody is left is gone. A direct conversation stays with the other side. Call after its sessions have ended.
 */
export async function leaveGroups(
  deps: Pick<Deps, 'clock' | 'random'>,
  stores: Pick<Stores, 'groups' | 'envelopes'>,
  accountId: string,
): Promise<void> {
  // In the order of ids, as everybody locks groups.
  for (const groupId of (await stores.groups.idsOfAccount(accountId)).sort()) {
    const group = await loadGroup(stores, groupId);
    const own = group?.members.find((member) => member.account_id === accountId);
    if (group === null || own === undefined) continue;
    const others = group.members.filter(
      ({ account_id, state }) => account_id !== accountId && state !== 'left',
    );
    if (others.length === 0) {
      await stores.groups.drop(groupId);
      continue;
    }
    const to = listeningDevices(others, group.leaves);
    if (group.row.kind === 'group')
      await stores.groups.putMembers([{ ...own, role: 'member', state: 'left' }]);
    const heir = group.row.kind === 'group' && own.role === 'owner' ? heirOf(group, accountId) : null;
    if (heir !== null) {
      await stores.groups.putMembers([{ ...heir, role: 'owner' }]);
      await giveNotice(
        deps,
        stores,
        group.row,
        { what: 'role', account: heir.account_id, role: 'owner' },
        to,
      );
    }
    const [row = group.row] = await stores.groups.lock([groupId]);
    await giveNotice(deps, stores, row, { what: 'deleted', account: accountId }, to);
  }
}

/** Who hears what is said there, an admin before others. */
function heirOf({ members, leaves }: LoadedGroup, accountId: string) {
  const present = new Set(listeningDevices(members, leaves).map((leaf) => leaf.account_id));
  const possible = members.filter(({ account_id, state }) => account_id !== accountId && state === 'in');
  const rank = ({ role, account_id }: (typeof members)[number]) =>
    (present.has(account_id) ? 0 : 2) + (role === 'admin' ? 0 : 1);
  return possible.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}
