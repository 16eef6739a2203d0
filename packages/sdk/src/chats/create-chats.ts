import type { Clock } from '@hexkey/protocol';
import { openFile } from './attachments/open-file.ts';
import { sendFile } from './attachments/send-file.ts';
import type { Transfers } from './attachments/transfers.ts';
import type { ChatId, Chats } from './chats.ts';
import { accept } from './desk/accept.ts';
import { type Desk, order } from './desk/desk.ts';
import { clear, keep } from './desk/keep.ts';
import {
  addMembers,
  answerJoinRequest,
  createGroup,
  createInvite,
  joinRequests,
  leave,
  openDirect,
  removeMember,
  requestToJoin,
  revokeInvite,
  setGroupProfile,
  setRole,
} from './desk/membership.ts';
import { pinMessage } from './desk/pin-message.ts';
import { vote } from './desk/polls.ts';
import { get, group, list, messages, pinnedMessages, unsent } from './desk/read-chats.ts';
import { search } from './desk/search-chats.ts';
import { acceptCode, compareCode, confirmCode, readSafetyNumber } from './desk/security-codes.ts';
import { deleteForEveryone, deleteForMe, markRead, react, resend, send } from './desk/speak.ts';
import { edit, forward } from './desk/speak-again.ts';
import { setTimer } from './desk/timers.ts';
import type { TypingWatch } from './desk/watch-typing.ts';
import { keepShowsReads, showsReads } from './state/read-receipts.ts';

/** A device that types says so this often at most. */
const typingEveryMs = 5000;

/** What `Chats` needs of the page. */
export interface ChatsHost {
  /** Runs work at the desk of the account this page shows. */
  at<T>(work: (desk: Desk) => Promise<T>): Promise<T>;
  /** Takes work that nobody waits for, and whose refusal nobody is told of. */
  quietly(work: Promise<unknown>): void;
  /** To changes that any page has made. */
  readonly subscribe: Chats['subscribe'];
  readonly typing: TypingWatch;
  readonly transfers: Transfers;
  readonly clock: Clock;
}

export function createChats({
  at,
  quietly,
  subscribe,
  typing,
  transfers,
  clock,
}: ChatsHost): Omit<Chats, 'readInvite'> {
  const saidTypingAtMs = new Map<ChatId, number>();
  return {
    list: () => at(list),
    get: (chatId) => at((desk) => get(desk, chatId)),
    messages: (chatId, before) => at((desk) => messages(desk, chatId, before)),
    search: (text, within) => at((desk) => search(desk, text, within)),
    typing: typing.of,
    subscribe,
    openDirect: (hexkeyId) => at((desk) => openDirect(desk, hexkeyId)),
    createGroup: (name, hexkeyIds) => at((desk) => createGroup(desk, name, hexkeyIds)),
    send: (chatId, message) => at((desk) => send(desk, chatId, message)),
    sendFile: (chatId, file) => at((desk) => sendFile(desk, chatId, file)),
    openFile: (chatId, messageId, signal) => at((desk) => openFile(desk, chatId, messageId, signal)),
    progressOf: transfers.of,
    accept: (chatId) => at((desk) => accept(desk, chatId)),
    resend: (chatId, messageId) => at((desk) => resend(desk, chatId, messageId)),
    react: (chatId, messageId, emoji) => at((desk) => react(desk, chatId, messageId, emoji)),
    vote: (chatId, messageId, choices) => at((desk) => vote(desk, chatId, messageId, choices)),
    edit: (chatId, messageId, text) => at((desk) => edit(desk, chatId, messageId, text)),
    forward: (chatId, messageId, to) => at((desk) => forward(desk, chatId, messageId, to)),
    setTimer: (chatId, seconds) => at((desk) => setTimer(desk, chatId, seconds)),
    pinMessage: (chatId, messageId, isPinned) => at((desk) => pinMessage(desk, chatId, messageId, isPinned)),
    pinnedMessages: (chatId) => at((desk) => pinnedMessages(desk, chatId)),
    unsent: (chatId) => at((desk) => unsent(desk, chatId)),
    deleteForMe: (chatId, messageId) => at((desk) => deleteForMe(desk, chatId, messageId)),
    deleteForEveryone: (chatId, messageId) => at((desk) => deleteForEveryone(desk, chatId, messageId)),
    markRead: (chatId) => at((desk) => markRead(desk, chatId)),
    noteTyping(chatId) {
      const nowMs = clock.now();
      if (nowMs - (saidTypingAtMs.get(chatId) ?? Number.NEGATIVE_INFINITY) < typingEveryMs) return;
      saidTypingAtMs.set(chatId, nowMs);
      quietly(at((desk) => order(desk, chatId, { kind: 'say', content: { kind: 'typing' } })));
    },
    saveDraft: (chatId, draft) => at((desk) => keep(desk, chatId, { draft })),
    pin: (chatId, isPinned) => at((desk) => keep(desk, chatId, { isPinned })),
    mute: (chatId, untilMs) =>
      at((desk) =>
        keep(desk, chatId, { mutedUntilMs: untilMs === Number.POSITIVE_INFINITY ? 'forever' : untilMs }),
      ),
    clear: (chatId) => at((desk) => clear(desk, chatId)),
    group: (chatId) => at((desk) => group(desk, chatId)),
    addMembers: (chatId, hexkeyIds) => at((desk) => addMembers(desk, chatId, hexkeyIds)),
    removeMember: (chatId, accountId) => at((desk) => removeMember(desk, chatId, accountId)),
    setRole: (chatId, accountId, role) => at((desk) => setRole(desk, chatId, accountId, role)),
    setGroupProfile: (chatId, profile) => at((desk) => setGroupProfile(desk, chatId, profile)),
    leave: (chatId) => at((desk) => leave(desk, chatId)),
    createInvite: (chatId) => at((desk) => createInvite(desk, chatId)),
    revokeInvite: (chatId) => at((desk) => revokeInvite(desk, chatId)),
    requestToJoin: (link) => at((desk) => requestToJoin(desk, link)),
    joinRequests: (chatId) => at((desk) => joinRequests(desk, chatId)),
    answerJoinRequest: (chatId, accountId, approve) =>
      at((desk) => answerJoinRequest(desk, chatId, accountId, approve)),
    safetyNumber: (chatId) => at((desk) => readSafetyNumber(desk, chatId)),
    compareSafetyCode: (chatId, code) => at((desk) => compareCode(desk, chatId, code)),
    confirmSecurityCode: (chatId, shown) => at((desk) => confirmCode(desk, chatId, shown)),
    acceptSecurityCode: (chatId, shown) => at((desk) => acceptCode(desk, chatId, shown)),
    readReceipts: () => at(({ book }) => showsReads(book)),
    setReadReceipts: (on) => at(({ book }) => keepShowsReads(book, on)),
  };
}
