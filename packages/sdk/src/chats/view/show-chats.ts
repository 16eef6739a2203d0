import { fromBase64url } from '@hexkey/protocol';
import type { ChatMessage, ChatObstacle, ChatSummary, GroupRole, GroupView } from '../chats.ts';
import { type ChatRecord, isAnswer, roleOf } from '../state/chat-record.ts';
import type { Order } from '../state/order-record.ts';
import { type Onlooker, personOf } from './show-messages.ts';

/** @param securityChanged whether somebody verified there has another security code */
export function obstacleOf(
  onlooker: Onlooker,
  { standing, kind, peerId }: ChatRecord,
  securityChanged: boolean,
): ChatObstacle | null {
  if (standing === 'removed' && kind === 'direct') return 'closed';
  if (standing !== 'in' && standing !== 'joining') return standing;
  const peer = peerId === null ? null : onlooker.people.get(peerId)?.person;
  if (kind === 'direct' && peer?.kind === 'deleted') return 'deleted';
  if (kind === 'direct' && peer?.relation === 'blocked') return 'blocked';
  if (securityChanged) return 'security-code-changed';
  return standing === 'joining' ? 'joining' : null;
}

/** How long what is said next lasts, in seconds, 0 for good: by the last timer that was set, sent or not. @param orders of any conversation */
export function timerOf(chat: ChatRecord | null, orders: readonly Order[]): number {
  const ordered = orders.flatMap(({ task, chatId }) =>
    chatId === chat?.chatId && task.kind === 'say' && task.content.kind === 'timer'
      ? [task.content.seconds]
      : [],
  );
  return ordered.at(-1) ?? chat?.timer?.seconds ?? 0;
}

/** Whether somebody the owner does not know waits for an answer. @param orders of any conversation */
export function isRequest(
  { people }: Pick<Onlooker, 'people'>,
  { chatId, kind, peerId, request }: ChatRecord,
  orders: readonly Order[],
): boolean {
  if (kind !== 'direct' || peerId === null || request !== 'asked') return false;
  if (people.get(peerId)?.person.relation === 'contact') return false;
  // What waits to be sent is an answer.
  return !orders.some(
    (order) => order.chatId === chatId && order.task.kind === 'say' && isAnswer(order.task.content),
  );
}

/** @param changed the account of the first who was verified and has another security code */
export function showChat(
  onlooker: Onlooker,
  chat: ChatRecord & { readonly kind: 'direct' | 'group' },
  last: ChatMessage | null,
  changed: string | null,
  orders: readonly Order[],
): ChatSummary {
  const { chatId, kind, peerId, profile, unread, isPinned, mutedUntilMs, draft } = chat;
  return {
    ...{ chatId, kind, last, unread, isPinned, draft },
    peer: peerId === null ? null : personOf(onlooker, peerId),
    name: profile?.name ?? null,
    picture: pictureOf(chat),
    mutedUntilMs: mutedUntilMs === 'forever' ? Number.POSITIVE_INFINITY : mutedUntilMs,
    timerSeconds: timerOf(chat, orders),
    obstacle: obstacleOf(onlooker, chat, changed !== null),
    isRequest: isRequest(onlooker, chat, orders),
    changed: kind === 'direct' || changed === null ? null : personOf(onlooker, changed),
  };
}

const ranks: readonly GroupRole[] = ['owner', 'admin', 'member'];

export function showGroup(onlooker: Onlooker, chat: ChatRecord): GroupView {
  const { chatId, profile } = chat;
  const members = chat.members.map(({ accountId, role }) => ({ ...personOf(onlooker, accountId), role }));
  return {
    chatId,
    name: profile?.name ?? null,
    picture: pictureOf(chat),
    ownRole: roleOf(chat, onlooker.selfId) ?? 'member',
    members: members.sort(
      (left, right) =>
        ranks.indexOf(left.role) - ranks.indexOf(right.role) || nameOf(left).localeCompare(nameOf(right)),
    ),
  };
}

const nameOf = ({ person, accountId }: GroupView['members'][number]) =>
  person?.name ?? person?.hexkeyId ?? accountId;

const pictureOf = ({ profile }: ChatRecord) =>
  profile === null || profile.picture === null ? null : fromBase64url(profile.picture);
