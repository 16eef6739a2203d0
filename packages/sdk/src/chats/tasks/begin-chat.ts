import { DomainError, isDomainError, routes } from '@hexkey/contract';
import { GroupCryptoRefusal, type PendingCommit } from '@hexkey/group-crypto';
import type { Engine } from '../engine/engine.ts';
import { sayProfileIn } from '../engine/say-profile.ts';
import { accepted, type ChatRecord, keepChat, listChats, newChat, readChat } from '../state/chat-record.ts';
import { endOrder, type Order, type Task } from '../state/order-record.ts';
import { readPeople } from '../state/person-record.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import { inviteDevices } from './invite-devices.ts';
import { commitParts } from './make-commit.ts';
import type { Step } from './step.ts';

type Beginning<K extends Task['kind']> = Order & { readonly task: Extract<Task, { kind: K }> };

/**
 * Begins the direct conversation with a person, or finds the one there is: a pair has one, and when both begin it at the same moment the
 * server takes the first. The id of the order's conversation is kept with the order, so that a second try makes no second group.
 */
export async function beginDirect(engine: Engine, order: Beginning<'begin-direct'>): Promise<Step> {
  const { book, client, selfId } = engine;
  const { hexkeyId } = order.task;
  const there = await directWith(engine, hexkeyId);
  if (there !== null) return endWith(engine, order, there);
  const { commit, others } = await beginning(engine, order, [hexkeyId]);
  const [peerId] = others;
  if (peerId === undefined) throw new DomainError('NotAPerson', { reason: 'yourself' });
  const existing = commit === null ? null : await create(engine, order, commit, peerId);
  const chatId = existing ?? order.chatId;
  const nowMs = client.deps.clock.now();
  await book.change(async (rows) => {
    const members = [selfId, peerId].map((accountId) => ({ accountId, role: 'member' as const }));
    const chat = (await readChat(rows, chatId)) ?? newChat(chatId, nowMs);
    const isNew = chat.kind === null;
    const pair = isNew ? { kind: 'direct' as const, peerId, members } : {};
    keepChat(rows, { ...chat, ...pair, ...accepted(chat), isHidden: false, isStale: true });
    endOrder(rows, order, { done: true, chatId });
  });
  return 'done';
}

/** A group of the owner and others; its name is the first thing that is said in it. */
export async function beginGroup(engine: Engine, order: Beginning<'begin-group'>): Promise<Step> {
  const { book, client, selfId } = engine;
  const { chatId, id, task } = order;
  const { commit, others } = await beginning(engine, order, task.hexkeyIds);
  if (commit !== null) await create(engine, order, commit, null);
  const nowMs = client.deps.clock.now();
  await book.change(async (rows) => {
    const chat: ChatRecord = {
      ...((await readChat(rows, chatId)) ?? newChat(chatId, nowMs)),
      kind: 'group',
      members: [
        { accountId: selfId, role: 'owner' },
        ...others.map((accountId) => ({ accountId, role: 'member' as const })),
      ],
      profile: { name: task.name, picture: null, atMs: nowMs, id },
      opening: { id, byAccount: selfId, sentAtMs: nowMs },
    };
    keepChat(rows, chat);
    await sayProfileIn(engine, rows, chat);
    endOrder(rows, order, { done: true, chatId });
  });
  return 'done';
}

/** How far a conversation has begun: its first commit, or null once that is back, and everybody but the owner. */
interface Begun {
  readonly commit: PendingCommit | null;
  readonly others: readonly string[];
}

/** Brings everybody in, the owner's other devices too: by one commit, whatever happens on the way. */
async function beginning(engine: Engine, { chatId }: Order, hexkeyIds: readonly string[]): Promise<Begun> {
  const { crypto, selfId } = engine;
  const begun = (commit: PendingCommit | null, devices: PendingCommit['added']): Begun => {
    const others = new Set(devices.map(({ accountId }) => accountId));
    others.delete(selfId);
    return { commit, others: [...others] };
  };
  // The device died after the server had taken it, and before it was written down.
  if (((await crypto.epoch(chatId)) ?? 0) > 0) return begun(null, await crypto.members(chatId));
  const commit = (await crypto.pendingCommit(chatId)) ?? (await firstCommit(engine, chatId, hexkeyIds));
  return begun(commit, commit.added);
}

async function firstCommit(
  engine: Engine,
  chatId: string,
  hexkeyIds: readonly string[],
): Promise<PendingCommit> {
  const { crypto, selfId } = engine;
  const add: Uint8Array[] = [];
  for (const who of [...hexkeyIds.map((hexkeyId) => ({ hexkeyId })), { accountId: selfId }])
    for (const { keyPackage } of (await inviteDevices(engine, who)).keyPackages) add.push(keyPackage);
  try {
    await crypto.create(chatId);
  } catch (error) {
    if (!(error instanceof GroupCryptoRefusal) || error.reason !== 'group-exists') throw error;
  }
  return crypto.prepareCommit(chatId, { add });
}

/** @returns the conversation that the pair has already, or null for the one just made */
async function create(
  { client, caller, crypto }: Engine,
  { chatId, id }: Order,
  commit: PendingCommit,
  peerAccountId: string | null,
): Promise<string | null> {
  const kind = peerAccountId === null ? ('group' as const) : ('direct' as const);
  const body = { groupId: chatId, kind, peerAccountId, clientMessageId: id, ...commitParts(commit) };
  try {
    await client.api.call(routes.createGroup, { caller, body });
    return null;
  } catch (error) {
    if (!isDomainError(error, 'GroupExists') || error.details.groupId === chatId) throw error;
    await crypto.forget(chatId);
    return error.details.groupId;
  }
}

async function directWith({ book }: Engine, hexkeyId: string): Promise<string | null> {
  const people = await readPeople(book);
  const chat = (await listChats(book)).find(
    ({ kind, peerId, standing }) =>
      kind === 'direct' &&
      peerId !== null &&
      people.get(peerId)?.person.hexkeyId === hexkeyId &&
      (standing === 'in' || standing === 'joining'),
  );
  return chat?.chatId ?? null;
}

async function endWith(engine: Engine, order: Order, chatId: string): Promise<Step> {
  await engine.book.change(async (rows) => {
    await show(rows, chatId);
    endOrder(rows, order, { done: true, chatId });
  });
  return 'done';
}

async function show(rows: ChatWriter, chatId: string): Promise<void> {
  const chat = await readChat(rows, chatId);
  if (chat !== null) keepChat(rows, { ...chat, isHidden: false });
}
