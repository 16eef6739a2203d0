import { routes } from '@hexkey/contract';
import type { GroupMember } from '@hexkey/group-crypto';
import type { Engine } from '../engine/engine.ts';
import { amendChat, type ChatRecord, mayAdminister, readChat, roleOf } from '../state/chat-record.ts';
import { endOrder, type Order, type Task } from '../state/order-record.ts';
import { readPeople } from '../state/person-record.ts';
import { inviteDevices } from './invite-devices.ts';
import { changeGroup } from './make-commit.ts';
import type { Step } from './step.ts';

type OrderOf<K extends Task['kind']> = Order & { readonly task: Extract<Task, { kind: K }> };

/** Brings people into a group. Those who are in already are left alone. */
export async function addMembers(engine: Engine, order: OrderOf<'add'>): Promise<Step> {
  const { crypto, book } = engine;
  return ending(engine, order, () =>
    changeGroup(engine, order, async () => {
      const present = new Set((await crypto.members(order.chatId)).map(({ accountId }) => accountId));
      const people = [...(await readPeople(book)).values()];
      const add: Uint8Array[] = [];
      for (const hexkeyId of order.task.hexkeyIds) {
        const known = people.find(({ person }) => person.hexkeyId === hexkeyId);
        if (known !== undefined && present.has(known.accountId)) continue;
        const { accountId, keyPackages } = await inviteDevices(engine, { hexkeyId });
        if (!present.has(accountId)) add.push(...keyPackages.map(({ keyPackage }) => keyPackage));
      }
      return add.length === 0 ? null : { add };
    }),
  );
}

/** Brings one account in, with keys of now in the place of any it has: it asked to join, or has refused the owner before and no longer does. */
export async function addAccount(engine: Engine, order: OrderOf<'add-account'>): Promise<Step> {
  const { accountId } = order.task;
  return ending(engine, order, () =>
    changeGroup(engine, order, async () => {
      const { keyPackages } = await inviteDevices(engine, { accountId });
      const stale = await leavesOf(engine, order.chatId, (leaf) => leaf.accountId === accountId);
      return {
        remove: stale.map(({ leafIndex }) => leafIndex),
        add: keyPackages.map(({ keyPackage }) => keyPackage),
      };
    }),
  );
}

export async function removeMember(engine: Engine, order: OrderOf<'remove'>): Promise<Step> {
  return ending(engine, order, () =>
    changeGroup(engine, order, async () => {
      const leaves = await leavesOf(
        engine,
        order.chatId,
        ({ accountId }) => accountId === order.task.accountId,
      );
      return leaves.length === 0 ? null : { remove: leaves.map(({ leafIndex }) => leafIndex) };
    }),
  );
}

/** Takes out leaves of ended devices, and of accounts that are out by the server's word: those that this device may take out. */
export async function tidy(engine: Engine, order: OrderOf<'tidy'>): Promise<Step> {
  const { book, identity, deviceId } = engine;
  return ending(engine, order, () =>
    changeGroup(engine, order, async () => {
      const chat = await readChat(book, order.chatId);
      if (chat === null || chat.kind === null) return null;
      const all = await leavesOf(engine, order.chatId, () => true);
      const leaves = all.filter((leaf) => leaf.deviceId !== deviceId);
      const members = new Set(chat.members.map(({ accountId }) => accountId));
      const unlisted = (await identity.unlisted(leaves)).filter((leaf) =>
        mayEnd(engine, chat, leaf.accountId),
      );
      const ended = withoutLast(
        unlisted,
        all.filter(({ accountId }) => members.has(accountId)),
      );
      const out = chat.isStale ? [] : leaves.filter(({ accountId }) => !members.has(accountId));
      const gone = new Set([...ended, ...out].map(({ leafIndex }) => leafIndex));
      return gone.size === 0 ? null : { remove: [...gone] };
    }),
  );
}

/** A member's account keeps one leaf, that of its newest device: by it its next device is known when it comes in by itself. */
function withoutLast(
  ended: readonly GroupMember[],
  ofMembers: readonly GroupMember[],
): readonly GroupMember[] {
  const staying = new Set(
    ofMembers.filter((leaf) => !ended.includes(leaf)).map(({ accountId }) => accountId),
  );
  return ended.filter(({ accountId, leafIndex }) => {
    const isLast = !ended.some((other) => other.accountId === accountId && other.leafIndex > leafIndex);
    return staying.has(accountId) || !isLast;
  });
}

/** In a group members take out devices of their own; admins also those of others, but for the owner's. */
function mayEnd({ selfId }: Engine, chat: ChatRecord, accountId: string): boolean {
  if (accountId === selfId || chat.kind === 'direct') return true;
  return mayAdminister(chat, selfId) && roleOf(chat, accountId) !== 'owner';
}

export async function setRole(engine: Engine, order: OrderOf<'set-role'>): Promise<Step> {
  const { client, caller } = engine;
  const { accountId, role } = order.task;
  return ending(engine, order, async () => {
    await client.api.call(routes.setGroupRole, {
      caller,
      body: { groupId: order.chatId, accountId, role },
    });
    await engine.book.change((rows) => amendChat(rows, order.chatId, () => ({ isStale: true })));
    return 'done';
  });
}

export async function leave(engine: Engine, order: OrderOf<'leave'>): Promise<Step> {
  const { client, caller, book } = engine;
  return ending(engine, order, async () => {
    await client.api.call(routes.leaveGroup, { caller, body: { groupId: order.chatId } });
    await book.change((rows) => amendChat(rows, order.chatId, () => ({ standing: 'left' })));
    return 'done';
  });
}

/** Ends the order once its step is done. */
export async function ending(engine: Engine, order: Order, step: () => Promise<Step>): Promise<Step> {
  const result = await step();
  if (result !== 'done') return result;
  await engine.book.change(async (rows) => endOrder(rows, order, { done: true, chatId: order.chatId }));
  engine.changed(order.chatId);
  return 'done';
}

async function leavesOf(
  { crypto }: Engine,
  chatId: string,
  isMeant: (leaf: GroupMember) => boolean,
): Promise<readonly GroupMember[]> {
  return (await crypto.members(chatId)).filter(isMeant);
}
