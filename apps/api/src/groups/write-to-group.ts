import type { Stores } from '../database/stores.ts';
import type { DeviceOf, NewEnvelope } from '../delivery/envelopes.store.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import type { LockedGroup } from './groups.store.ts';

/** What nobody fetched is dropped; a device that missed it joins again by external commit. */
export const keptForMs = 30 * 24 * 60 * 60_000;

export type Addressed = Pick<
  NewEnvelope,
  'kind' | 'epoch' | 'sender_account_id' | 'sender_device_id' | 'client_message_id' | 'body'
> & { readonly to: readonly DeviceOf[] };

/**
 * The next place in a group's order. Its time is after the one before, whatever the clock does: devices order messages by it, and those that
 * share a time would stand differently on each.
 */
export function nextInOrder(row: LockedGroup, nowMs: number): LockedGroup {
  return { ...row, position: row.position + 1, last_sent_at_ms: Math.max(nowMs, row.last_sent_at_ms + 1) };
}

/**
 * Queues envelopes one after another, under the lock of the group's row.
 * @returns the row to be stored, and the id and time of the first
 */
export async function writeToGroup(
  { clock, random }: Pick<Deps, 'clock' | 'random'>,
  stores: Pick<Stores, 'envelopes'>,
  locked: LockedGroup,
  envelopes: readonly [Addressed, ...Addressed[]],
): Promise<{ readonly row: LockedGroup; readonly firstId: string; readonly sentAtMs: number }> {
  const nowMs = clock.now();
  let row = locked;
  const queued = envelopes.map(({ to, ...envelope }) => {
    row = nextInOrder(row, nowMs);
    return {
      ...envelope,
      id: newUuid(random),
      group_id: row.id,
      sent_at_ms: row.last_sent_at_ms,
      position: row.position,
      expires_at_ms: nowMs + keptForMs,
      to: to.map(({ account_id, device_id }) => ({ account_id, device_id })),
    };
  });
  await stores.envelopes.add(queued);
  return { row, firstId: queued[0]?.id as string, sentAtMs: row.last_sent_at_ms };
}
