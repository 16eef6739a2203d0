import type { ServerFrame } from '@hexkey/protocol';
import type { BatchNews } from './delivery-service.ts';
import type { GroupProgress } from './take-sends.ts';

/** A device's open socket, as far as news for it go. */
export interface Listener {
  /** An envelope that was just queued, with nothing before it in its group that was not offered too. */
  offer(push: Extract<ServerFrame, { type: 'envelope' }>): void;
  /** Something was queued: it must be read. */
  look(): void;
  /** A frame that is kept nowhere. */
  tell(frame: ServerFrame): void;
}

/** Groups whose last position is remembered. */
const rememberedGroups = 20_000;

/**
 * Hands the news of a batch to the sockets of this process. An envelope goes to them straight from memory only if this process has also seen
 * the one before it in its group; else another process, or a request over HTTP, was between, and every device of the group looks for itself.
 * Without that a device could get the second of two envelopes first.
 */
export function fanOut(listenerOf: (deviceId: string) => Listener | undefined): (news: BatchNews) => void {
  const lastPositions = new Map<string, number>();

  const isContinuous = ({ groupId, from, to }: GroupProgress) => {
    const last = lastPositions.get(groupId);
    lastPositions.delete(groupId);
    lastPositions.set(groupId, to);
    const [oldest] = lastPositions.keys();
    if (lastPositions.size > rememberedGroups && oldest !== undefined) lastPositions.delete(oldest);
    return last === from;
  };

  return ({ outgoing, progress, delivered }) => {
    const broken = progress.filter((each) => !isContinuous(each));
    const brokenIds = new Set(broken.map(({ groupId }) => groupId));
    for (const { deviceId, push } of outgoing) {
      if (push.type === 'transient') listenerOf(deviceId)?.tell(push);
      else if (!brokenIds.has(push.groupId)) listenerOf(deviceId)?.offer(push);
    }
    for (const deviceId of new Set(broken.flatMap(({ devices }) => devices))) listenerOf(deviceId)?.look();
    for (const [deviceId, clientMessageIds] of bySender(delivered))
      for (let first = 0; first < clientMessageIds.length; first += 100)
        listenerOf(deviceId)?.tell({
          type: 'delivered',
          id: null,
          clientMessageIds: clientMessageIds.slice(first, first + 100),
        });
  };
}

function bySender(delivered: BatchNews['delivered']): ReadonlyMap<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { sender_device_id, client_message_id } of delivered) {
    const list = ids.get(sender_device_id) ?? [];
    list.push(client_message_id);
    ids.set(sender_device_id, list);
  }
  return ids;
}
