import type { MessageContent } from '@hexkey/protocol';
import type { ChatId, GroupRole } from '../chats.ts';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';

/** Whether this device takes part, as far as it knows. */
export type Standing =
  | 'in'
  /** Of the account, but this device has no keys yet. */
  | 'joining'
  /** The account is a member, and somebody else there has to let it in: its AIK is not the one it was let in with, or it has no leaf. */
  | 'awaiting-readd'
  /** This device could not find out who is in it, or must not be with them: it tries again with the next connection. */
  | 'unchecked'
  | 'left'
  | 'removed'
  | 'deleted';

export interface ChatMember {
  readonly accountId: string;
  readonly role: GroupRole;
}

/** What an own device or the server calls later wins, and of two at once the one with the larger id. */
export interface Stamp {
  readonly atMs: number;
  readonly id: string;
}

/** What this device keeps of one conversation, apart from its messages. */
export interface ChatRecord {
  readonly chatId: ChatId;
  /** Null until the server has said what it is: not shown before. It never changes then, nor does the peer. */
  readonly kind: 'direct' | 'group' | null;
  /** The other account of a direct conversation. */
  readonly peerId: string | null;
  /** By the server's word, and by the commits that came since. */
  readonly members: readonly ChatMember[];
  readonly standing: Standing;
  /** `picture` in base64url. */
  readonly profile: (Stamp & { readonly name: string; readonly picture: string | null }) | null;
  /** How many messages have reached this device. */
  readonly arrivals: number;
  /** When it began, or its last message came: the order of the list. */
  readonly lastMs: number;
  readonly unread: number;
  /** Server time up to which the owner has read. */
  readonly readThroughMs: number;
  /** The same of the others, by account, as they said. */
  readonly reads: Readonly<Record<string, number>>;
  readonly isPinned: boolean;
  /** All that was said here can be searched. Absent: in a row of a version that could not. */
  readonly isSearchable?: true;
  /** How long what is said here lasts; 0: until it is deleted. Absent: nobody has said. */
  readonly timer?: Stamp & { readonly seconds: number };
  /**
   * Of a conversation of two: `asked` when the other side has said something and the owner has neither said anything nor accepted, on any device.
   * Never goes back. Absent: in a row of a version that did not ask.
   */
  readonly request?: 'none' | 'asked' | 'accepted';
  /** Messages that were pinned, and that were taken off again: the later word must win. By message. */
  readonly pins?: Readonly<Record<string, Stamp & { readonly pinned: boolean }>>;
  readonly mutedUntilMs: number | 'forever' | null;
  readonly draft: string;
  /** Cleared: shown again with the next message. */
  readonly isHidden: boolean;
  /** Who brought this device in: said in a line once it is known that this is a group. */
  readonly opening: { readonly id: string; readonly byAccount: string; readonly sentAtMs: number } | null;
  /** Who asked by the invite link and is about to be added. */
  readonly approved?: readonly string[];
  /** Since when this device waits to be let in. */
  readonly joiningSinceMs: number;
  /** The server is to be asked for members and roles. */
  readonly isStale: boolean;
}

const chatPrefix = 'chat/';
const keyOf = (chatId: ChatId) => `${chatPrefix}${chatId}`;

export function newChat(chatId: ChatId, nowMs: number): ChatRecord {
  return {
    chatId,
    kind: null,
    peerId: null,
    members: [],
    standing: 'joining',
    profile: null,
    arrivals: 0,
    lastMs: nowMs,
    unread: 0,
    readThroughMs: 0,
    reads: {},
    isPinned: false,
    mutedUntilMs: null,
    draft: '',
    isHidden: false,
    isSearchable: true,
    request: 'none',
    opening: null,
    joiningSinceMs: nowMs,
    isStale: true,
  };
}

export const readChat = (rows: ChatReader, chatId: ChatId) => rows.get<ChatRecord>(keyOf(chatId));

export async function listChats(rows: ChatReader): Promise<readonly ChatRecord[]> {
  return (await rows.list<ChatRecord>({ prefix: chatPrefix })).map(({ value }) => value);
}

/** Does nothing for a conversation of which nothing is kept. */
export async function amendChat(
  rows: ChatWriter,
  chatId: ChatId,
  change: (chat: ChatRecord) => Partial<ChatRecord>,
): Promise<void> {
  const chat = await readChat(rows, chatId);
  if (chat !== null) keepChat(rows, { ...chat, ...change(chat) });
}

/** Whether what the owner says is an answer to whoever asks: that something was read is none, nor that they are typing. */
export const isAnswer = ({ kind }: Pick<MessageContent, 'kind'>) => kind !== 'read' && kind !== 'typing';

/** The owner takes messages here, whatever the other side has asked before. */
export const accepted = ({ request }: ChatRecord): Partial<ChatRecord> =>
  request === undefined ? {} : { request: 'accepted' };

const askedKey = (chatId: ChatId) => `asked/${chatId}`;

/** The owner has asked to be let in by the group's link, here. */
export function noteAsked(rows: ChatWriter, chatId: ChatId): void {
  rows.put(askedKey(chatId), true);
}

/** Whether they had, once. */
export async function takeAsked(rows: ChatWriter, chatId: ChatId): Promise<boolean> {
  const hasAsked = (await rows.get<boolean>(askedKey(chatId))) === true;
  if (hasAsked) rows.delete(askedKey(chatId));
  return hasAsked;
}

export function keepChat(rows: ChatWriter, chat: ChatRecord): void {
  rows.put(keyOf(chat.chatId), chat);
}

export function roleOf({ members }: Pick<ChatRecord, 'members'>, accountId: string): GroupRole | null {
  return members.find((member) => member.accountId === accountId)?.role ?? null;
}

/** Whether an account belongs there: a direct conversation is of two, whoever the server or the keys may name. */
export function isOfChat(
  { kind, peerId }: Pick<ChatRecord, 'kind' | 'peerId'>,
  selfId: string,
  accountId: string,
): boolean {
  return kind !== 'direct' || accountId === selfId || accountId === peerId;
}

export function mayAdminister(chat: Pick<ChatRecord, 'kind' | 'members'>, accountId: string): boolean {
  const role = roleOf(chat, accountId);
  return chat.kind === 'group' && (role === 'owner' || role === 'admin');
}

/** What all members see changed of a conversation: by either of two, in a group by owner and admins. */
export function mayPin(chat: Pick<ChatRecord, 'kind' | 'members'>, accountId: string): boolean {
  return chat.kind !== 'group' || mayAdminister(chat, accountId);
}

/** Whether one stamp wins over another. */
export function isLater(one: Stamp, other: Stamp | null | undefined): boolean {
  if (other === null || other === undefined) return true;
  return one.atMs === other.atMs ? one.id > other.id : one.atMs > other.atMs;
}
