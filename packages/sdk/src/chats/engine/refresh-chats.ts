import { type GroupView, isDomainError, routes } from '@hexkey/contract';
import {
  type ChatRecord,
  isOfChat,
  keepChat,
  listChats,
  newChat,
  readChat,
  takeAsked,
} from '../state/chat-record.ts';
import { takeEvent } from '../state/enter-message.ts';
import { listOrders } from '../state/order-record.ts';
import { keepPerson, readPeople } from '../state/person-record.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import type { Engine } from './engine.ts';
import { orderOnce, orderOnceIn } from './order-once.ts';

/** What the server thinks this device is in, without anything having come for as long, is lost. */
const welcomeTakesMs = 5 * 60_000;
const personKeptMs = 24 * 60 * 60_000;
const peopleAtOnce = 100;

/**
 * Asks the server which conversations there are, who is in them, and who they are; orders what this device has to do about it.
 * @param keepPeopleMs how old what is known of people may be
 */
export async function refreshChats(engine: Engine, keepPeopleMs = personKeptMs): Promise<void> {
  const { client, caller, book } = engine;
  const before = new Set((await listChats(book)).map(({ chatId }) => chatId));
  const { groups } = await client.api.call(routes.listGroups, { caller });
  const held = new Map<string, Held>();
  for (const { groupId } of groups) held.set(groupId, await heldOf(engine, groupId));
  await book.change(async (rows) => {
    for (const group of groups) await refreshChat(engine, rows, group, held.get(group.groupId) ?? none);
    const there = new Set(groups.map(({ groupId }) => groupId));
    for (const chat of await listChats(rows))
      if (before.has(chat.chatId) && !there.has(chat.chatId)) await closeChat(rows, chat);
  });
  await refreshPeople(engine, keepPeopleMs);
  engine.changed(null);
}

/** What the keys of this device say of a group. */
interface Held {
  readonly epoch: number | null;
  readonly accounts: ReadonlySet<string>;
}

const none: Held = { epoch: null, accounts: new Set() };

async function heldOf({ crypto }: Engine, groupId: string): Promise<Held> {
  const epoch = await crypto.epoch(groupId);
  const leaves = epoch === null ? [] : await crypto.members(groupId);
  return { epoch, accounts: new Set(leaves.map(({ accountId }) => accountId)) };
}

async function refreshChat(
  engine: Engine,
  rows: ChatWriter,
  group: GroupView,
  { epoch, accounts }: Held,
): Promise<void> {
  const { selfId, client } = engine;
  const nowMs = client.deps.clock.now();
  const known = await readChat(rows, group.groupId);
  const chat = known ?? newChat(group.groupId, nowMs);
  const isIn = (accountId: string) =>
    group.members.some((member) => member.accountId === accountId && member.state === 'in');
  // What a conversation is, and with whom, is taken from the server once.
  const kind = chat.kind ?? group.kind;
  const peer = group.members.find(({ accountId }) => accountId !== selfId);
  const peerId = chat.kind === null && kind === 'direct' ? (peer?.accountId ?? null) : chat.peerId;
  const isOut = !isIn(selfId) && kind === 'group';
  const isOfOthers = [...accounts].some((accountId) => !isOfChat({ kind, peerId }, selfId, accountId));
  // Keys of other people under a person's name: such a conversation is never shown, and one that is there is closed.
  if (isOfOthers && chat.kind === null)
    return keepChat(rows, { ...chat, standing: 'removed', isStale: false });
  // Keys of an earlier login of this browser are no place in the group.
  const hasPlace = group.isDeviceIn && epoch !== null;
  const standing = isOfOthers ? 'removed' : isOut ? 'left' : hasPlace ? 'in' : 'joining';
  const joiningSinceMs = chat.standing === 'joining' && known !== null ? chat.joiningSinceMs : nowMs;
  const behind = standing === 'in' && epoch !== null && epoch < group.epoch ? epoch : null;
  keepChat(rows, {
    ...chat,
    kind,
    peerId,
    members:
      kind === 'direct'
        ? [selfId, ...(peerId === null ? [] : [peerId])].map((accountId) => ({ accountId, role: 'member' }))
        : group.members
            .filter(({ accountId }) => isIn(accountId))
            .map(({ accountId, role }) => ({ accountId, role })),
    standing,
    joiningSinceMs,
    isHidden: kind === 'direct' && chat.isHidden,
    opening: null,
    isStale: false,
  });
  if (chat.opening !== null && kind === 'group') await sayOpening(rows, selfId, chat, chat.opening);
  const isLost = !group.isDeviceIn || nowMs - joiningSinceMs > welcomeTakesMs;
  if (behind !== null) joinUnlessItComes(engine, group.groupId, behind);
  if (standing === 'joining' && isLost) await orderOnceIn(engine, rows, group.groupId, { kind: 'join' });
  else if (standing === 'in' && group.members.some(({ state }) => state !== 'in'))
    await orderOnceIn(engine, rows, group.groupId, { kind: 'tidy' });
}

/** The commit that ends this epoch is on its way to this device, or it was dropped after 30 days, unread: whatever waited when the server was asked has come by its answer. */
function joinUnlessItComes(engine: Engine, chatId: string, epoch: number): void {
  const { client, crypto, wire } = engine;
  const asked = wire.ask({ type: 'ask_caught_up' }, async () => {
    if ((await crypto.epoch(chatId)) === epoch) await orderOnce(engine, chatId, { kind: 'join' });
  });
  // Without an answer the next connection asks again.
  client.background(asked.catch(unlessOffline));
}

function unlessOffline(error: unknown): void {
  if (!isDomainError(error, 'Offline')) throw error;
}

/** "You were added", "you joined by the link", or "you made this group". */
async function sayOpening(
  rows: ChatWriter,
  selfId: string,
  { chatId }: ChatRecord,
  { id, byAccount, sentAtMs }: NonNullable<ChatRecord['opening']>,
): Promise<void> {
  const event = { chatId, id, senderId: byAccount, sentAtMs };
  const isOwn = byAccount === selfId;
  if (await takeAsked(rows, chatId))
    return takeEvent(rows, selfId, { ...event, senderId: selfId }, { kind: 'joined-by-link', who: selfId });
  await takeEvent(rows, selfId, event, isOwn ? { kind: 'created' } : { kind: 'added', who: [selfId] });
}

/** The server no longer names it: the account is out. One that is only being made is not there yet. */
async function closeChat(rows: ChatWriter, chat: ChatRecord): Promise<void> {
  const isBeginning = (await listOrders(rows)).some(
    ({ chatId, task }) => chatId === chat.chatId && task.kind.startsWith('begin'),
  );
  if (isBeginning) return;
  const isOpen = chat.standing === 'in' || chat.standing === 'joining';
  keepChat(rows, { ...chat, standing: isOpen ? 'removed' : chat.standing, isStale: false });
}

async function refreshPeople({ client, caller, book, selfId }: Engine, keepMs: number): Promise<void> {
  const nowMs = client.deps.clock.now();
  const known = await readPeople(book);
  const everybody = new Set(
    (await listChats(book)).flatMap(({ members }) => members.map(({ accountId }) => accountId)),
  );
  everybody.add(selfId);
  const unknown = [...everybody].filter(
    (accountId) => nowMs - (known.get(accountId)?.seenAtMs ?? Number.NEGATIVE_INFINITY) >= keepMs,
  );
  for (let first = 0; first < unknown.length; first += peopleAtOnce) {
    const accountIds = unknown.slice(first, first + peopleAtOnce);
    const { people } = await client.api.call(routes.listPeopleOfGroups, { caller, body: { accountIds } });
    await book.change(async (rows) => {
      const now = await readPeople(rows);
      // An answer from before the owner blocked or added them says nothing of that: the next connection asks again.
      for (const { accountId, person } of people)
        if (now.get(accountId)?.person.relation === known.get(accountId)?.person.relation)
          await keepPerson(rows, { accountId, person, seenAtMs: nowMs });
    });
  }
}
