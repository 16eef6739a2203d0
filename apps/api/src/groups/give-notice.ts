import { encodeNotice, type GroupNotice } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { DeviceOf } from '../delivery/envelopes.store.ts';
import type { Deps } from '../deps.ts';
import type { LockedGroup } from './groups.store.ts';
import { writeToGroup } from './write-to-group.ts';

/** The server's word about its own tables, in the group's order and under its lock. */
export async function giveNotice(
  deps: Pick<Deps, 'clock' | 'random'>,
  stores: Pick<Stores, 'envelopes' | 'groups'>,
  locked: LockedGroup,
  notice: GroupNotice,
  to: readonly DeviceOf[],
): Promise<void> {
  const { row } = await writeToGroup(deps, stores, locked, [
    {
      kind: 'notice',
      epoch: locked.epoch,
      sender_account_id: null,
      sender_device_id: null,
      client_message_id: null,
      body: encodeNotice(notice),
      to,
    },
  ]);
  await stores.groups.advance(row);
}
