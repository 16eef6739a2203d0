import { DomainError } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { giveNotice } from './give-notice.ts';
import { listeningDevices, loadGroup } from './group-state.ts';

/**
 * Takes the account out at once: its devices get nothing more, and what waits for them is dropped. Its leaves stay in the tree until a
 * member commits their removal. With nobody left the group is gone. Leaving again changes nothing.
 * @throws {DomainError} `NotFound` (group), `NotAMember`, `OwnerMustHandOver` while others are in
 */
export async function leaveGroup(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { account }: Caller,
  groupId: string,
): Promise<void> {
  await deps.transact(async (stores) => {
    const group = await loadGroup(stores, groupId);
    if (group === null) throw new DomainError('NotFound', { what: 'group' });
    const own = group.members.find((member) => member.account_id === account.id);
    if (own === undefined || own.state === 'refused') throw new DomainError('NotAMember', {});
    if (own.state === 'left') return;
    // Who was refused counts as the others do: the answer must not tell that they have refused.
    const others = group.members.filter(
      ({ account_id, state }) => account_id !== account.id && state !== 'left',
    );
    if (own.role === 'owner' && others.length > 0) throw new DomainError('OwnerMustHandOver', {});
    const devices = group.leaves.filter((leaf) => leaf.account_id === account.id);
    await stores.groups.putMembers([{ ...own, state: 'left' }]);
    const deviceIds = devices.map((leaf) => leaf.device_id);
    await stores.envelopes.giveUp(deviceIds, groupId);
    await stores.attachments.giveUp(deviceIds, groupId);
    if (others.length === 0) return await stores.groups.drop(groupId);
    const to = listeningDevices(others, group.leaves);
    await giveNotice(deps, stores, group.row, { what: 'left', account: account.id }, to);
  });
}
