import { DomainError } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { listeningDevices, loadGroup } from '../groups/group-state.ts';
import { keptForMs } from '../groups/write-to-group.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import type { StoredAttachment } from './attachments.store.ts';

/**
 * All bytes are there: from now on the devices that are in the group are waited for, but for the one that has uploaded it. Again it changes
 * nothing.
 * @throws {DomainError} `AttachmentGone`: it was taken back, or its account has left
 */
export async function completeAttachment(
  deps: Pick<Deps, 'clock' | 'transact'>,
  { account, session }: Caller,
  { id, group_id }: StoredAttachment,
): Promise<void> {
  const isThere = await deps.transact(async (stores) => {
    const group = await loadGroup(stores, group_id);
    const attachment = await stores.attachments.lock(id);
    if (group === null || attachment === null) return false;
    if (group.state.members.get(account.id)?.state !== 'in') {
      await stores.attachments.drop(id);
      return false;
    }
    if (attachment.completed_at_ms !== null) return true;
    const nowMs = deps.clock.now();
    const devices = listeningDevices(group.members, group.leaves).filter(
      (leaf) => leaf.device_id !== session.id,
    );
    await stores.attachments.complete(id, nowMs, nowMs + keptForMs, devices);
    return true;
  });
  if (!isThere) throw new DomainError('AttachmentGone', {});
}
