import type { EnvelopePush, SendFrame, TransientPush } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { listeningDevices, pairOf } from '../groups/group-state.ts';
import type { GroupLeaf, GroupMember, LockedGroup } from '../groups/groups.store.ts';
import { keptForMs, nextInOrder } from '../groups/write-to-group.ts';
import { newUuids } from '../identifiers.ts';
import { mayReach } from '../privacy/may-reach.ts';
import type { ToWake } from '../push/push-subscriptions.store.ts';
import { graceMs } from '../push/send-pushes.ts';
import type { NewEnvelope } from './envelopes.store.ts';
import type { SentId } from './sent-ids.store.ts';

/** One message and the device it came from. */
export interface SendRequest {
  readonly deviceId: string;
  readonly frame: SendFrame;
}

export type SendVerdict =
  | { readonly is: 'sent'; readonly sentAtMs: number; readonly readd: boolean }
  | { readonly is: 'stale_epoch'; readonly epoch: number }
  | { readonly is: 'not_a_member' | 'no_group' };

/** Something for a socket of this process, once the batch is durable. */
export interface Outgoing {
  readonly deviceId: string;
  readonly push: EnvelopePush | TransientPush;
}

/** What happened to a group in a batch. */
export interface GroupProgress {
  readonly groupId: string;
  /** Of its last envelope, before and after the batch. */
  readonly from: number;
  readonly to: number;
  /** Everybody who may have something waiting. */
  readonly devices: readonly string[];
}

export interface TakenSends {
  readonly verdicts: readonly SendVerdict[];
  readonly outgoing: readonly Outgoing[];
  readonly progress: readonly GroupProgress[];
}

/**
 * Takes many messages in one transaction (docs/protocol/messaging.md section 4). Each is judged by itself, in the order in which they came; the
 * statements are as many for one as for a hundred, and the same whether somebody is let through or not.
 */
export async function takeSends(
  deps: Pick<Deps, 'clock' | 'random'>,
  stores: Stores,
  requests: readonly SendRequest[],
): Promise<TakenSends> {
  if (requests.length === 0) return { verdicts: [], outgoing: [], progress: [] };
  const rooms = await loadRooms(stores, requests);
  const known = await stores.sentIds.find(
    requests.map(({ deviceId, frame }) => ({
      device_id: deviceId,
      client_message_id: frame.clientMessageId,
    })),
  );
  const sentBefore = new Map(known.map((sent) => [sentKey(sent.device_id, sent.client_message_id), sent]));
  const nowMs = deps.clock.now();
  const ids = newUuids(deps.random, requests.length);
  const envelopes: NewEnvelope[] = [];
  const added: SentId[] = [];
  const outgoing: Outgoing[] = [];
  const toWake: ToWake[] = [];

  const judge = ({ deviceId, frame }: SendRequest): SendVerdict => {
    const room = rooms.get(frame.groupId);
    const key = sentKey(deviceId, frame.clientMessageId);
    const before = sentBefore.get(key);
    if (before !== undefined)
      return { is: 'sent', sentAtMs: before.sent_at_ms, readd: room?.readdFor(deviceId) ?? false };
    if (room === undefined) return { is: 'no_group' };
    const sender = room.listening.find((leaf) => leaf.device_id === deviceId);
    if (sender === undefined) return { is: 'not_a_member' };
    if (frame.epoch !== room.row.epoch) return { is: 'stale_epoch', epoch: room.row.epoch };
    const to = room.receiversFor(sender);
    const routed = {
      groupId: frame.groupId,
      epoch: frame.epoch,
      senderAccount: sender.account_id,
      senderDevice: deviceId,
      clientMessageId: frame.clientMessageId,
      body: frame.body,
    };
    if (frame.transient) {
      const push = { type: 'transient' as const, ...routed, sentAtMs: nowMs };
      for (const leaf of to) outgoing.push({ deviceId: leaf.device_id, push });
      return { is: 'sent', sentAtMs: nowMs, readd: room.readdFor(deviceId) };
    }
    room.row = nextInOrder(room.row, nowMs);
    const { position, last_sent_at_ms: sentAtMs } = room.row;
    const envelopeId = ids[envelopes.length] as string;
    envelopes.push({
      id: envelopeId,
      group_id: frame.groupId,
      kind: 'message',
      epoch: frame.epoch,
      sender_account_id: sender.account_id,
      sender_device_id: deviceId,
      client_message_id: frame.clientMessageId,
      body: frame.body,
      sent_at_ms: sentAtMs,
      position,
      expires_at_ms: nowMs + keptForMs,
      to: to.map(({ account_id, device_id }) => ({ account_id, device_id })),
    });
    const sent: SentId = {
      device_id: deviceId,
      client_message_id: frame.clientMessageId,
      group_id: frame.groupId,
      envelope_id: envelopeId,
      epoch: frame.epoch,
      sent_at_ms: sentAtMs,
      // With nobody else to have it, it never counts as delivered.
      is_dropped: to.every((leaf) => leaf.account_id === sender.account_id),
      expires_at_ms: nowMs + keptForMs,
    };
    added.push(sent);
    sentBefore.set(key, sent);
    for (const { account_id, device_id } of to)
      if (account_id !== sender.account_id)
        toWake.push({
          account_id,
          device_id,
          sender_account_id: sender.account_id,
          is_direct: room.row.kind === 'direct',
        });
    const push = { type: 'envelope' as const, envelopeId, kind: 'message' as const, ...routed, sentAtMs };
    for (const leaf of to) outgoing.push({ deviceId: leaf.device_id, push });
    return { is: 'sent', sentAtMs, readd: room.readdFor(deviceId) };
  };

  const verdicts = requests.map(judge);
  await stores.envelopes.add(envelopes);
  await stores.sentIds.add(added);
  if (added.length > 0) await stores.pushSubscriptions.want(toWake, nowMs + graceMs);
  const moved = [...rooms.values()].filter(({ row, from }) => row.position > from);
  await stores.groups.advanceMany(moved.map(({ row }) => row));
  const progress = moved.map(({ row, from, listening }) => ({
    groupId: row.id,
    from,
    to: row.position,
    devices: listening.map((leaf) => leaf.device_id),
  }));
  return { verdicts, outgoing, progress };
}

/** A group under its lock, while messages for it are judged. */
interface Room {
  row: LockedGroup;
  /** Position before the batch. */
  readonly from: number;
  readonly listening: readonly GroupLeaf[];
  /** Whom a message of a device goes to. */
  receiversFor(sender: GroupLeaf): readonly GroupLeaf[];
  /** Whether the other side of a pair was refused before and would be let through now. */
  readdFor(deviceId: string): boolean;
}

async function loadRooms(
  stores: Stores,
  requests: readonly SendRequest[],
): Promise<ReadonlyMap<string, Room>> {
  const rows = await stores.groups.lock([...new Set(requests.map(({ frame }) => frame.groupId))]);
  const ids = rows.map(({ id }) => id);
  const members = await stores.groups.members(ids);
  const leaves = await stores.groups.leaves(ids);
  const pairs = rows.flatMap((row) => {
    const [low, high] = pairOf(row);
    if (low === undefined || high === undefined) return [];
    return [
      { senderId: low, receiverId: high, purpose: 'message' as const },
      { senderId: high, receiverId: low, purpose: 'message' as const },
    ];
  });
  const reach = await mayReach(stores, pairs);
  const open = new Set(
    pairs
      .filter((_, index) => reach[index] === true)
      .map(({ senderId, receiverId }) => `${senderId} ${receiverId}`),
  );
  return new Map(
    rows.map((row) => [
      row.id,
      roomOf(
        row,
        members.filter((member) => member.group_id === row.id),
        leaves.filter((leaf) => leaf.group_id === row.id),
        open,
      ),
    ]),
  );
}

function roomOf(
  row: LockedGroup,
  members: readonly GroupMember[],
  leaves: readonly GroupLeaf[],
  open: ReadonlySet<string>,
): Room {
  const listening = listeningDevices(members, leaves);
  const isOpen = (fromId: string, toId: string) => fromId === toId || open.has(`${fromId} ${toId}`);
  const isDirect = row.kind === 'direct';
  return {
    row,
    from: row.position,
    listening,
    receiversFor: (sender) =>
      listening.filter(
        (leaf) =>
          leaf.device_id !== sender.device_id && (!isDirect || isOpen(sender.account_id, leaf.account_id)),
      ),
    readdFor(deviceId) {
      const sender = listening.find((leaf) => leaf.device_id === deviceId);
      if (!isDirect || sender === undefined) return false;
      return members.some(
        ({ account_id, state }) => state === 'refused' && isOpen(sender.account_id, account_id),
      );
    },
  };
}

function sentKey(deviceId: string, clientMessageId: string): string {
  return `${deviceId} ${clientMessageId}`;
}
