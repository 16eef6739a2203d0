import { writeAmount } from '@hexkey/protocol';
import type { ChatMessage, ChatPerson, ChatSummary } from '@hexkey/sdk';
import { plainLine } from '../../plain-line.ts';
import { sayTime } from '../say-time.ts';

export function sayPerson({ isSelf, person, accountId }: ChatPerson): string {
  if (isSelf) return 'You';
  if (person === null) return `account ${accountId.slice(0, 8)}`;
  return person.name || person.hexkeyId || 'a deleted account';
}

export function nameOfChat({ kind, name, peer }: ChatSummary): string {
  if (kind === 'direct') return peer === null ? 'Somebody' : sayPerson(peer);
  return name ?? 'A group';
}

export function sayChat(chat: ChatSummary): readonly string[] {
  const unread = chat.unread > 0 ? `, ${chat.unread} unread` : '';
  const closed = chat.obstacle === null ? '' : `, ${chat.obstacle}`;
  const request = chat.isRequest ? ', asks to write to you' : '';
  return [
    plainLine(`${nameOfChat(chat)} (${chat.kind}${unread}${closed}${request})`),
    `    ${chat.chatId}`,
    ...(chat.last === null ? [] : [`    ${sayMessage(chat.last)}`]),
  ];
}

export function sayMessage(message: ChatMessage): string {
  const edited = message.isEdited ? ' (edited)' : '';
  const state = message.state === null ? '' : ` [${message.state}]`;
  return plainLine(
    `${sayTime(message.sentAtMs)} ${sayPerson(message.sender)}: ${sayContent(message)}${edited}${state}`,
  );
}

/** For who wants to do something with it. */
export const sayMessageWithId = (message: ChatMessage): string => `${sayMessage(message)}  ${message.id}`;

function sayContent({ content }: ChatMessage): string {
  switch (content.kind) {
    case 'text':
      return content.forwarded ? `(forwarded) ${content.text}` : content.text;
    case 'contact':
      return `contact card ${content.name ?? ''} ${content.hexkeyId}`;
    case 'transfer':
      return `says they sent ${writeAmount(BigInt(content.amount), content.decimals)} ${content.symbol}, transaction ${content.signature}`;
    case 'added':
    case 'removed':
      return `${content.kind} ${content.who.map(sayPerson).join(', ')}`;
    case 'left':
    case 'joined-by-link':
    case 'security-code-changed':
      return `${content.kind} ${sayPerson(content.who)}`;
    case 'role':
      return `${sayPerson(content.who)} is ${content.role}`;
    case 'attachment':
      return `file ${content.name}, ${content.sizeBytes} bytes`;
    case 'poll':
      return `poll: ${content.question} ${content.options.map(({ text, who }) => `[${text}: ${who.length}]`).join(' ')}`;
    case 'timer':
      return content.seconds === 0
        ? 'turned disappearing messages off'
        : `made new messages disappear after ${content.seconds} seconds`;
    case 'renamed':
      return `renamed to ${content.name}`;
    case 'unknown':
      return 'something this version does not know: update to read it';
    default:
      return content.kind;
  }
}

/** For programs: pictures and nested people are left out. */
export const valueOfChat = (chat: ChatSummary) => ({
  chatId: chat.chatId,
  kind: chat.kind,
  name: nameOfChat(chat),
  unread: chat.unread,
  timerSeconds: chat.timerSeconds,
  obstacle: chat.obstacle,
  isRequest: chat.isRequest,
});

export const valueOfMessage = ({ id, sender, sentAtMs, content, isEdited, state }: ChatMessage) => ({
  id,
  sender: sayPerson(sender),
  sentAtMs,
  content: content.kind === 'poll' ? { ...content, options: content.options.map(valueOfOption) } : content,
  isEdited,
  state,
});

type Option = Extract<ChatMessage['content'], { kind: 'poll' }>['options'][number];
const valueOfOption = ({ text, who }: Option) => ({ text, who: who.map(sayPerson) });
