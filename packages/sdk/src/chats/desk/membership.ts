import { DomainError, routes } from '@hexkey/contract';
import {
  contentLimits,
  inviteLink,
  inviteTokenHash,
  readInviteLink,
  toBase64url,
  utf8,
} from '@hexkey/protocol';
import { newUuid } from '../../new-uuid.ts';
import type { Chats, GroupRole, JoinRequest } from '../chats.ts';
import {
  amendChat,
  type ChatRecord,
  mayAdminister,
  noteAsked,
  readChat,
  roleOf,
} from '../state/chat-record.ts';
import { keepPerson } from '../state/person-record.ts';
import { personOf } from '../view/show-messages.ts';
import { chatOf, type Desk, onlookerOf, order, orderAndWait, orderNowOrLater } from './desk.ts';

/** @throws {DomainError} `NotFound` (person), `NotAPerson`, `NoDeviceToReach`, `Offline`, `TooMany` */
export async function openDirect(desk: Desk, hexkeyId: string): Promise<string> {
  const there = await knownDirect(desk, hexkeyId);
  if (there !== null) return there;
  const chatId = await orderAndWait(desk, newUuid(desk.client.deps.random), {
    kind: 'begin-direct',
    hexkeyId,
  });
  await untilIn(desk, chatId);
  return chatId;
}

/** @throws {DomainError} `InvalidField` (name), `NotFound` (person), `NoDeviceToReach`, `GroupFull`, `Offline` */
export async function createGroup(desk: Desk, name: string, hexkeyIds: readonly string[]): Promise<string> {
  requireName(name);
  const task = { kind: 'begin-group' as const, name, hexkeyIds: [...new Set(hexkeyIds)] };
  const chatId = await orderAndWait(desk, newUuid(desk.client.deps.random), task);
  await untilIn(desk, chatId);
  return chatId;
}

/** @throws {DomainError} `Forbidden`, `GroupFull`, `NotFound` (person), `NoDeviceToReach` */
export async function addMembers(desk: Desk, chatId: string, hexkeyIds: readonly string[]): Promise<void> {
  requireAdmin(desk, await chatOf(desk, chatId));
  await orderNowOrLater(desk, chatId, { kind: 'add', hexkeyIds: [...new Set(hexkeyIds)] });
}

/** @throws {DomainError} `Forbidden` */
export async function removeMember(desk: Desk, chatId: string, accountId: string): Promise<void> {
  const chat = await chatOf(desk, chatId);
  requireAdmin(desk, chat);
  if (roleOf(chat, accountId) === 'owner') throw new DomainError('Forbidden', { reason: 'not-allowed' });
  await orderNowOrLater(desk, chatId, { kind: 'remove', accountId });
}

/** @throws {DomainError} `Forbidden` */
export async function setRole(desk: Desk, chatId: string, accountId: string, role: GroupRole): Promise<void> {
  if (roleOf(await chatOf(desk, chatId), desk.selfId) !== 'owner')
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
  await orderNowOrLater(desk, chatId, { kind: 'set-role', accountId, role });
}

/** @throws {DomainError} `Forbidden`, `InvalidField` (name, picture) */
export async function setGroupProfile(
  desk: Desk,
  chatId: string,
  { name, picture }: Parameters<Chats['setGroupProfile']>[1],
): Promise<void> {
  requireAdmin(desk, await chatOf(desk, chatId));
  requireName(name);
  if (picture !== null && picture.length > contentLimits.picture)
    throw new DomainError('InvalidField', { field: 'picture', problem: 'too large' });
  const content = { kind: 'profile' as const, name, picture: picture === null ? null : toBase64url(picture) };
  await order(desk, chatId, { kind: 'say', content });
}

/** @throws {DomainError} `OwnerMustHandOver` while others are in */
export async function leave(desk: Desk, chatId: string): Promise<void> {
  const chat = await chatOf(desk, chatId);
  if (roleOf(chat, desk.selfId) === 'owner' && chat.members.length > 1)
    throw new DomainError('OwnerMustHandOver', {});
  await orderNowOrLater(desk, chatId, { kind: 'leave' });
}

/** @throws {DomainError} `Forbidden`, `Offline` */
export async function createInvite(desk: Desk, chatId: string): Promise<string> {
  const { client, caller } = desk;
  const chat = await chatOf(desk, chatId);
  const token = client.deps.random(16);
  const tokenHash = toBase64url(inviteTokenHash(token));
  await client.api.call(routes.createInvite, { caller, body: { groupId: chatId, tokenHash } });
  return inviteLink(client.deps.origin, { token, groupName: chat.profile?.name ?? '' });
}

export async function revokeInvite({ client, caller }: Desk, chatId: string): Promise<void> {
  await client.api.call(routes.revokeInvite, { caller, body: { groupId: chatId } });
}

/** @throws {DomainError} `NotFound` (invite), `Offline` */
export async function requestToJoin({ client, caller, book }: Desk, link: string): Promise<void> {
  const { token } = readInviteLink(link);
  const body = { token: toBase64url(token) };
  const { groupId } = await client.api.call(routes.requestToJoin, { caller, body });
  await book.change(async (rows) => noteAsked(rows, groupId));
}

export async function joinRequests(desk: Desk, chatId: string): Promise<readonly JoinRequest[]> {
  const { client, caller, book } = desk;
  const { requests } = await client.api.call(routes.listJoinRequests, { caller, query: { groupId: chatId } });
  const seenAtMs = client.deps.clock.now();
  await book.change(async (rows) => {
    for (const { accountId, person } of requests) await keepPerson(rows, { accountId, person, seenAtMs });
  });
  const onlooker = await onlookerOf(desk);
  return requests.map(({ accountId, requestedAtMs }) => ({
    person: personOf(onlooker, accountId),
    requestedAtMs,
  }));
}

/** Whoever is approved is brought in by a commit of this device. */
export async function answerJoinRequest(
  desk: Desk,
  chatId: string,
  accountId: string,
  approve: boolean,
): Promise<void> {
  const { client, caller } = desk;
  const body = { groupId: chatId, accountId, approve };
  await client.api.call(routes.answerJoinRequest, { caller, body });
  if (approve) await orderNowOrLater(desk, chatId, { kind: 'add-account', accountId });
}

async function knownDirect(desk: Desk, hexkeyId: string): Promise<string | null> {
  const { people } = await onlookerOf(desk);
  const known = [...people.values()].find(({ person }) => person.hexkeyId === hexkeyId);
  if (known === undefined) return null;
  return desk.book.change(async (rows) => {
    for (const { value } of await rows.list<ChatRecord>({ prefix: 'chat/' }))
      if (value.kind === 'direct' && value.peerId === known.accountId) {
        await amendChat(rows, value.chatId, () => ({ isHidden: false }));
        return value.chatId;
      }
    return null;
  });
}

/** The commit that begins a conversation comes back at once; with a bad connection the owner sees it joining. */
async function untilIn({ book, client, nextChange }: Desk, chatId: string): Promise<void> {
  const timeout = client.deps.timeout(client.deps.apiTimeoutMs);
  for (;;) {
    const change = nextChange(timeout);
    if (timeout.aborted || (await readChat(book, chatId))?.standing !== 'joining') return;
    await change;
  }
}

function requireAdmin({ selfId }: Desk, chat: ChatRecord): void {
  if (!mayAdminister(chat, selfId)) throw new DomainError('Forbidden', { reason: 'not-allowed' });
}

function requireName(name: string): void {
  if (name.trim() === '' || utf8(name).length > contentLimits.name)
    throw new DomainError('InvalidField', { field: 'name', problem: 'empty or too long' });
}
