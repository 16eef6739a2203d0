import { type Attachment, fromBase64url, type Poll, writeAmount } from '@hexkey/protocol';
import type { ChatMessage, ChatPerson, ShownContent } from '../chats.ts';
import type { ChatRecord } from '../state/chat-record.ts';
import { isSpoken, type MessageBody, type MessageRecord } from '../state/message-record.ts';
import type { Order, OrderedContent } from '../state/order-record.ts';
import type { PersonRecord } from '../state/person-record.ts';

/** What a page knows when it shows something. */
export interface Onlooker {
  readonly selfId: string;
  readonly people: ReadonlyMap<string, PersonRecord>;
  readonly showsReads: boolean;
}

export const personOf = ({ selfId, people }: Onlooker, accountId: string): ChatPerson => ({
  accountId,
  person: people.get(accountId)?.person ?? null,
  isSelf: accountId === selfId,
});

/**
 * A message that was sent, with what this device has ordered about it and not sent yet.
 * @param answered the message it replies to, when it is here
 */
export function showMessage(
  onlooker: Onlooker,
  chat: ChatRecord,
  message: MessageRecord,
  answered: MessageRecord | null,
  orders: readonly Order[],
): ChatMessage {
  const { id, chatId, senderId, sentAtMs, body } = message;
  const edit = orderedEdit(orders, id);
  const isDeleting = orders.some(
    ({ task }) => task.kind === 'say' && task.content.kind === 'delete' && task.content.messageId === id,
  );
  return {
    ...{ id, chatId, sentAtMs },
    sender: personOf(onlooker, senderId),
    content: isDeleting
      ? { kind: 'deleted' }
      : edited(
          body.kind === 'poll'
            ? showPoll(onlooker, body, votesOf(onlooker, message, orders))
            : showBody(onlooker, body),
          edit,
        ),
    replyTo: isDeleting ? null : showAnswered(onlooker, answered),
    reactions: isDeleting ? [] : showReactions(onlooker, message, orders),
    lastsSeconds: message.lasts ?? null,
    isEdited: !isDeleting && (message.edited !== undefined || edit !== null),
    state: senderId === onlooker.selfId && isSaid(body) ? stateOf(onlooker, chat, message) : null,
  };
}

/** A message that waits in the outbox; null for an order that says nothing to read. */
export function showOrder(
  onlooker: Onlooker,
  order: Order,
  answered: MessageRecord | null,
  orders: readonly Order[],
): ChatMessage | null {
  const { task, id, chatId, orderedAtMs, failed } = order;
  if ((task.kind !== 'say' && task.kind !== 'upload') || !isSpoken(task.content)) return null;
  const edit = orderedEdit(orders, id);
  return {
    ...{ id, chatId, sentAtMs: orderedAtMs },
    sender: personOf(onlooker, onlooker.selfId),
    content: edited(showOrdered(onlooker, task.content), edit),
    replyTo: showAnswered(onlooker, answered),
    reactions: [],
    lastsSeconds: task.content.lasts ?? null,
    isEdited: edit !== null,
    state: failed === null ? 'waiting' : 'failed',
  };
}

type Said = Extract<OrderedContent, { kind: 'text' | 'contact' | 'transfer' | 'poll' | 'attachment' }>;

function showOrdered(onlooker: Onlooker, { lasts: _, ...content }: Said): ShownContent {
  if (content.kind === 'poll') return showPoll(onlooker, content, new Map());
  if (content.kind === 'attachment') return showAttachment(content);
  if (content.kind !== 'text') return content;
  const { replyTo: _answered, ...shown } = content;
  return shown;
}

/** Choices by account; the owner's as ordered last. */
function votesOf(
  { selfId }: Onlooker,
  { id, votes = {} }: MessageRecord,
  orders: readonly Order[],
): ReadonlyMap<string, readonly number[]> {
  const byAccount = new Map(Object.entries(votes).map(([account, { choices }]) => [account, choices]));
  for (const { task } of orders)
    if (task.kind === 'say' && task.content.kind === 'vote' && task.content.messageId === id)
      byAccount.set(selfId, task.content.choices);
  return byAccount;
}

/** A vote counts when the poll has all of its choices, and as many as it lets anybody have. */
function showPoll(
  onlooker: Onlooker,
  { question, options, several }: Poll,
  votes: ReadonlyMap<string, readonly number[]>,
): ShownContent {
  const counted = [...votes].filter(
    ([, choices]) => choices.every((place) => place < options.length) && (several || choices.length <= 1),
  );
  return {
    ...{ kind: 'poll', question, several },
    options: options.map((text, place) => ({
      text,
      who: counted.flatMap(([account, choices]) =>
        choices.includes(place) ? [personOf(onlooker, account)] : [],
      ),
    })),
  };
}

/** Without what opens it. */
const showAttachment = ({
  name,
  mediaType,
  sizeBytes,
  thumbnail,
  dimensions,
  durationMs,
}: Attachment): ShownContent => ({
  ...{ kind: 'attachment', name, mediaType, sizeBytes, dimensions, durationMs },
  thumbnail: thumbnail === null ? null : fromBase64url(thumbnail),
});

/** The text that a message is about to have; null when none is ordered. */
function orderedEdit(orders: readonly Order[], messageId: string): string | null {
  const edits = orders.flatMap(({ task }) =>
    task.kind === 'say' && task.content.kind === 'edit' && task.content.messageId === messageId
      ? [task.content.text]
      : [],
  );
  return edits.at(-1) ?? null;
}

const edited = (content: ShownContent, text: string | null): ShownContent =>
  text === null || content.kind !== 'text' ? content : { ...content, text };

export function showBody(onlooker: Onlooker, body: MessageBody): ShownContent {
  switch (body.kind) {
    case 'added':
    case 'removed':
      return { kind: body.kind, who: body.who.map((accountId) => personOf(onlooker, accountId)) };
    case 'left':
    case 'joined-by-link':
    case 'security-code-changed':
      return { kind: body.kind, who: personOf(onlooker, body.who) };
    case 'role':
      return { ...body, who: personOf(onlooker, body.who) };
    case 'deleted':
    case 'unknown':
    case 'unreadable':
    case 'created':
    case 'picture-changed':
    case 'history-begins':
    case 'pinned':
      return { kind: body.kind };
    case 'attachment':
      return showAttachment(body);
    case 'text':
    case 'contact':
    case 'transfer':
    case 'renamed':
    case 'timer':
      return body;
    default:
      // Another page of a newer version wrote it.
      return { kind: 'unknown' };
  }
}

const isSaid = (body: MessageBody) => isSpoken(body) || body.kind === 'deleted';

const excerptLength = 80;

function showAnswered(onlooker: Onlooker, answered: MessageRecord | null): ChatMessage['replyTo'] {
  if (answered === null) return null;
  const { id, senderId, body } = answered;
  return {
    id,
    sender: personOf(onlooker, senderId),
    excerpt: [...excerptOf(body)].slice(0, excerptLength).join(''),
  };
}

function excerptOf(body: MessageBody): string {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'contact':
      return body.name ?? body.hexkeyId;
    case 'poll':
      return body.question;
    case 'attachment':
      return body.name;
    case 'transfer':
      return `${writeAmount(BigInt(body.amount), body.decimals)} ${body.symbol}`;
    default:
      return '';
  }
}

/** In the order in which each emoji was first used. */
function showReactions(
  onlooker: Onlooker,
  { id, reactions }: MessageRecord,
  orders: readonly Order[],
): ChatMessage['reactions'] {
  const byAccount = new Map(
    Object.entries(reactions)
      .sort(([, left], [, right]) => left.atMs - right.atMs)
      .map(([accountId, { emoji }]) => [accountId, emoji]),
  );
  for (const { task } of orders)
    if (task.kind === 'say' && task.content.kind === 'reaction' && task.content.messageId === id)
      byAccount.set(onlooker.selfId, task.content.emoji);
  const byEmoji = new Map<string, ChatPerson[]>();
  for (const [accountId, emoji] of byAccount)
    if (emoji !== null) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), personOf(onlooker, accountId)]);
  return [...byEmoji].map(([emoji, who]) => ({ emoji, who }));
}

/** Read: by the other, in a group by everybody else. */
function stateOf(
  { selfId, showsReads }: Onlooker,
  { reads, members }: ChatRecord,
  { sentAtMs, isDelivered }: MessageRecord,
): ChatMessage['state'] {
  const others = members.filter(({ accountId }) => accountId !== selfId);
  const isRead = others.length > 0 && others.every(({ accountId }) => (reads[accountId] ?? -1) >= sentAtMs);
  if (showsReads && isRead) return 'read';
  return isDelivered ? 'delivered' : 'sent';
}
