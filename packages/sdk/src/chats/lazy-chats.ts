import { DomainError, type PersonView } from '@hexkey/contract';
import { MalformedError, readInviteLink } from '@hexkey/protocol';
import type { Subtenant } from '../socket/talk-to-server.ts';
import type { ChatId, Chats } from './chats.ts';

/** What is loaded with the first need of it: the first screen of the web client has no conversation. */
export interface Conversations {
  readonly chats: Omit<Chats, 'readInvite'>;
  readonly tenant: Subtenant;
  /** Ids of the accounts that this device has met under a Hexkey ID. */
  readonly accountsOf: (hexkeyId: string) => Promise<readonly string[]>;
  /** How the owner stands to somebody from now on: what is shown of them is kept for a day. */
  readonly notePerson: (person: Pick<PersonView, 'hexkeyId' | 'relation'>) => void;
}

type AsyncMethod = {
  [M in keyof Chats]: Chats[M] extends (...args: never[]) => Promise<unknown> ? M : never;
}[keyof Chats];

const asyncMethods: Readonly<Record<AsyncMethod, true>> = {
  list: true,
  get: true,
  messages: true,
  search: true,
  openDirect: true,
  createGroup: true,
  send: true,
  sendFile: true,
  openFile: true,
  accept: true,
  resend: true,
  react: true,
  vote: true,
  edit: true,
  forward: true,
  setTimer: true,
  pinMessage: true,
  pinnedMessages: true,
  unsent: true,
  deleteForMe: true,
  deleteForEveryone: true,
  markRead: true,
  saveDraft: true,
  pin: true,
  mute: true,
  clear: true,
  group: true,
  addMembers: true,
  removeMember: true,
  setRole: true,
  setGroupProfile: true,
  leave: true,
  createInvite: true,
  revokeInvite: true,
  requestToJoin: true,
  joinRequests: true,
  answerJoinRequest: true,
  safetyNumber: true,
  compareSafetyCode: true,
  confirmSecurityCode: true,
  acceptSecurityCode: true,
  readReceipts: true,
  setReadReceipts: true,
};

/**
 * `Chats` before its code is there. Who subscribes early is told of what comes later.
 * @param load called once, when a method needs it or a connection is made
 */
export function lazyChats(load: () => Promise<Conversations>): {
  readonly chats: Chats;
  readonly tenant: Subtenant;
  readonly notePerson: Conversations['notePerson'];
  readonly accountsOf: Conversations['accountsOf'];
} {
  let loaded: Conversations | null = null;
  let loading: Promise<Conversations> | null = null;
  const listeners = new Set<(chatId: ChatId | null) => void>();

  async function loadOnce(): Promise<Conversations> {
    const conversations = await load();
    conversations.chats.subscribe((chatId) => {
      for (const listener of listeners) listener(chatId);
    });
    loaded = conversations;
    return conversations;
  }
  const conversations = () => {
    // A page whose code could not be fetched tries again.
    loading ??= loadOnce().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };

  const later = Object.fromEntries(
    Object.keys(asyncMethods).map((name) => [
      name,
      async (...args: unknown[]) => {
        const { chats } = await conversations();
        return (chats[name as AsyncMethod] as (...args: unknown[]) => Promise<unknown>)(...args);
      },
    ]),
  ) as Pick<Chats, AsyncMethod>;

  return {
    chats: {
      ...later,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      typing: (chatId) => loaded?.chats.typing(chatId) ?? [],
      progressOf: (messageId) => loaded?.chats.progressOf(messageId) ?? null,
      noteTyping: (chatId) => loaded?.chats.noteTyping(chatId),
      readInvite,
    },
    accountsOf: async (hexkeyId) => (await conversations()).accountsOf(hexkeyId),
    // Before the code is there nobody is shown from what is kept, and the next connection asks anew.
    notePerson: (person) => loaded?.notePerson(person),
    tenant: {
      moveIn: async (account, signal) => (await conversations()).tenant.moveIn(account, signal),
      moveOut: async () => loaded?.tenant.moveOut(),
      onLive: (send, keyPackages) => loaded?.tenant.onLive(send, keyPackages),
      take: async (frame, send) => loaded?.tenant.take(frame, send),
      onLost: () => loaded?.tenant.onLost(),
    },
  };
}

/** @throws {DomainError} `NotFound` (invite) */
function readInvite(link: string): { readonly groupName: string } {
  try {
    return { groupName: readInviteLink(link).groupName };
  } catch (error) {
    if (error instanceof MalformedError) throw new DomainError('NotFound', { what: 'invite' });
    throw error;
  }
}
