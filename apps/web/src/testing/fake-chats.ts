import { attachmentLimits, DomainError } from '@hexkey/contract';
import type { ChatEvent, ChatMessage, ChatPerson, ChatSummary, Chats, ShownContent } from '@hexkey/sdk';
import { isSaid } from '../conversation/arrange-messages.ts';
import { type FakeChat, fill, fillObstacles, grace, known, self } from './some-chats.ts';

const pageSize = 30;
/** How long after a message the fake's people have it, answer and stop typing. */
const answerMs = 60;

/** What the fake's group is joined by. */
export const fakeGroupLink = 'https://hexkey.example/g#Q2hlc3M.dG9rZW4';

export interface FakeChats {
  readonly nowMs: () => number;
  /** Without any, as after a registration. */
  readonly isEmpty: boolean;
  /** Conversations nothing is sent in, in the place of all others. */
  readonly hasObstacles: boolean;
  /** The list cannot be read. */
  readonly fails: boolean;
  /** Messages stay on this device. */
  readonly isOffline: boolean;
}

const personOf = (hexkeyId: string): ChatPerson => {
  const person = known.find((one) => one.person?.hexkeyId === hexkeyId);
  if (!person) throw new DomainError('NotFound', { what: 'person' });
  return person;
};

/** A messenger without servers: what is written is delivered, read and, by Grace, answered. */
export function createFakeChats(given: FakeChats): Chats {
  const listeners = new Set<(chatId: string | null) => void>();
  const chats = new Map<string, FakeChat>();
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let receipts = true;
  let counter = 0;
  const newId = () => {
    counter += 1;
    return `00000000-0000-4000-8000-${String(counter).padStart(12, '0')}`;
  };
  const tell = (chatId: string | null) => {
    for (const listener of listeners) listener(chatId);
  };
  const chatOf = (chatId: string): FakeChat => {
    const chat = chats.get(chatId);
    if (!chat) throw new DomainError('NotFound', { what: 'group' });
    return chat;
  };
  const change = (chatId: string, next: Partial<ChatSummary>) => {
    const chat = chatOf(chatId);
    chat.summary = { ...chat.summary, ...next };
    tell(chatId);
  };
  const changeMessage = (chatId: string, id: string, next: (message: ChatMessage) => ChatMessage) => {
    const chat = chatOf(chatId);
    chat.messages = chat.messages.map((message) => (message.id === id ? next(message) : message));
    change(chatId, { last: chat.messages.at(-1) ?? null });
  };
  const put = (
    chat: FakeChat,
    sender: ChatPerson,
    content: ShownContent,
    more: Partial<ChatMessage> = {},
  ): ChatMessage => {
    const message: ChatMessage = {
      id: newId(),
      chatId: chat.summary.chatId,
      sender,
      sentAtMs: given.nowMs(),
      content,
      replyTo: null,
      reactions: [],
      isEdited: false,
      lastsSeconds: null,
      state: sender.isSelf && isSaid({ content }) ? 'read' : null,
      ...more,
    };
    chat.messages.push(message);
    chat.summary = { ...chat.summary, last: message };
    return message;
  };
  const event = (chatId: string, content: ChatEvent) => {
    put(chatOf(chatId), self, content);
    tell(chatId);
  };
  const begin = (
    chatId: string,
    peer: ChatPerson | null,
    name: string | null,
    members: FakeChat['members'],
  ): FakeChat => {
    const chat: FakeChat = {
      summary: {
        chatId,
        kind: peer ? 'direct' : 'group',
        peer,
        name,
        picture: null,
        last: null,
        unread: 0,
        isPinned: false,
        mutedUntilMs: null,
        draft: '',
        timerSeconds: 0,
        obstacle: null,
        isRequest: false,
        changed: null,
      },
      messages: [],
      members,
      requests: [],
      typing: [],
      pinned: [],
      safety: 'unverified',
    };
    chats.set(chatId, chat);
    return chat;
  };

  const after = (steps: number, work: () => void) => setTimeout(work, steps * answerMs);
  const deliver = (chatId: string, id: string) => {
    if (given.isOffline) return;
    const states = ['sent', 'delivered', 'read'] as const;
    states.forEach((state, step) => {
      after(step + 1, () => changeMessage(chatId, id, (message) => ({ ...message, state })));
    });
    if (chatOf(chatId).summary.peer !== grace) return;
    after(4, () => {
      chatOf(chatId).typing = [grace];
      tell(chatId);
    });
    after(25, () => {
      const chat = chatOf(chatId);
      chat.typing = [];
      put(chat, grace, { kind: 'text', text: 'Understood.' });
      change(chatId, { unread: chat.summary.unread + 1 });
    });
  };

  if (given.hasObstacles) fillObstacles({ begin, put, nowMs: given.nowMs() });
  else if (!given.isEmpty) fill({ begin, put, nowMs: given.nowMs() });

  return {
    async list() {
      if (given.fails) throw new DomainError('StorageUnavailable', { problem: 'blocked' });
      const all = [...chats.values()].map(({ summary }) => summary);
      const lastOf = (chat: ChatSummary) => chat.last?.sentAtMs ?? 0;
      return all.sort((a, b) => Number(b.isPinned) - Number(a.isPinned) || lastOf(b) - lastOf(a));
    },
    get: async (chatId) => chatOf(chatId).summary,
    async messages(chatId, before) {
      const { messages } = chatOf(chatId);
      const end = before === undefined ? messages.length : messages.findIndex(({ id }) => id === before);
      const start = Math.max(0, end - pageSize);
      return { messages: messages.slice(start, end), more: start > 0 };
    },
    async search(text, within) {
      const all = [...chats.values()].flatMap(({ messages }) => messages);
      return all
        .filter(({ content, chatId }) => {
          const said = content.kind === 'text' ? content.text.toLowerCase() : '';
          return (within === undefined || chatId === within) && said.includes(text.toLowerCase());
        })
        .sort((a, b) => b.sentAtMs - a.sentAtMs);
    },
    typing: (chatId) => chats.get(chatId)?.typing ?? [],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async openDirect(hexkeyId) {
      const peer = personOf(hexkeyId);
      const there = [...chats.values()].find(({ summary }) => summary.peer === peer);
      if (there) return there.summary.chatId;
      const chat = begin(newId(), peer, null, []);
      put(chat, self, { kind: 'created' });
      tell(null);
      return chat.summary.chatId;
    },
    async createGroup(name, hexkeyIds) {
      const who = hexkeyIds.map(personOf);
      const members = who.map((one) => ({ who: one, role: 'member' as const }));
      const chat = begin(newId(), null, name, [{ who: self, role: 'owner' }, ...members]);
      put(chat, self, { kind: 'created' });
      put(chat, self, { kind: 'added', who });
      tell(null);
      return chat.summary.chatId;
    },
    async send(chatId, message) {
      const chat = chatOf(chatId);
      if (chat.summary.obstacle !== null && chat.summary.obstacle !== 'joining')
        throw new DomainError('Forbidden', { reason: 'not-allowed' });
      const answered = message.kind === 'text' ? messageIn(chat, message.replyTo) : undefined;
      const sent = put(
        chat,
        self,
        message.kind === 'text'
          ? { kind: 'text', text: message.text }
          : message.kind === 'transfer'
            ? message
            : message.kind === 'poll'
              ? { ...message, options: message.options.map((text) => ({ text, who: [] })) }
              : {
                  kind: 'contact',
                  hexkeyId: message.hexkeyId,
                  name: personOf(message.hexkeyId).person?.name ?? null,
                },
        {
          state: 'waiting',
          lastsSeconds: chat.summary.timerSeconds || null,
          replyTo: answered
            ? { id: answered.id, sender: answered.sender, excerpt: excerptOf(answered) }
            : null,
        },
      );
      chat.summary = { ...chat.summary, draft: '', isRequest: false };
      tell(chatId);
      deliver(chatId, sent.id);
      return sent.id;
    },
    async sendFile(chatId, file) {
      const { name, mediaType, sizeBytes, thumbnail = null, dimensions = null, durationMs = null } = file;
      if (sizeBytes > attachmentLimits.contentBytes)
        throw new DomainError('AttachmentTooLarge', { limitBytes: attachmentLimits.contentBytes });
      const content = {
        kind: 'attachment',
        name,
        mediaType,
        sizeBytes,
        thumbnail,
        dimensions,
        durationMs,
      } as const;
      const { id } = put(chatOf(chatId), self, content, { state: 'waiting' });
      files.set(id, Uint8Array.from(await file.read(0, sizeBytes)));
      tell(chatId);
      deliver(chatId, id);
      return id;
    },
    async openFile(_, messageId) {
      const bytes = files.get(messageId);
      if (bytes === undefined) throw new DomainError('AttachmentGone', {});
      return bytes;
    },
    progressOf: () => null,
    accept: async (chatId) => change(chatId, { isRequest: false }),
    async resend(chatId, messageId) {
      changeMessage(chatId, messageId, (message) => ({ ...message, state: 'waiting' }));
      deliver(chatId, messageId);
    },
    async react(chatId, messageId, emoji) {
      changeMessage(chatId, messageId, (message) => ({
        ...message,
        reactions: reactionsWith(message.reactions, emoji),
      }));
    },
    async vote(chatId, messageId, choices) {
      changeMessage(chatId, messageId, (message) => {
        const { content } = message;
        if (content.kind !== 'poll') return message;
        const options = content.options.map(({ text, who }, place) => {
          const others = who.filter(({ isSelf }) => !isSelf);
          return { text, who: choices.includes(place) ? [...others, self] : others };
        });
        return { ...message, content: { ...content, options } };
      });
    },
    async edit(chatId, messageId, text) {
      changeMessage(chatId, messageId, (message) => ({
        ...message,
        content: { kind: 'text', text },
        isEdited: true,
      }));
    },
    async forward(chatId, messageId, to) {
      const { content } = messageIn(chatOf(chatId), messageId) ?? {};
      if (content?.kind !== 'text' && content?.kind !== 'contact')
        throw new DomainError('Forbidden', { reason: 'not-allowed' });
      for (const target of to) {
        const { id } = put(chatOf(target), self, { ...content, forwarded: true }, { state: 'waiting' });
        tell(target);
        deliver(target, id);
      }
    },
    async setTimer(chatId, seconds) {
      change(chatId, { timerSeconds: seconds });
      event(chatId, { kind: 'timer', seconds });
    },
    async pinMessage(chatId, messageId, isPinned) {
      const chat = chatOf(chatId);
      chat.pinned = chat.pinned.filter((id) => id !== messageId);
      if (isPinned) {
        chat.pinned.unshift(messageId);
        put(chat, self, { kind: 'pinned' });
      }
      tell(chatId);
    },
    async pinnedMessages(chatId) {
      const chat = chatOf(chatId);
      return chat.pinned.flatMap((id) => messageIn(chat, id) ?? []).filter(isSaid);
    },
    async unsent(chatId) {
      return chatOf(chatId).messages.filter(({ state }) => state === 'waiting').length;
    },
    async deleteForMe(chatId, messageId) {
      const chat = chatOf(chatId);
      chat.messages = chat.messages.filter(({ id }) => id !== messageId);
      change(chatId, { last: chat.messages.at(-1) ?? null });
    },
    async deleteForEveryone(chatId, messageId) {
      changeMessage(chatId, messageId, (message) => ({
        ...message,
        content: { kind: 'deleted' },
        reactions: [],
        replyTo: null,
      }));
    },
    async markRead(chatId) {
      if (chatOf(chatId).summary.unread > 0) change(chatId, { unread: 0 });
    },
    noteTyping() {},
    async saveDraft(chatId, draft) {
      if (chatOf(chatId).summary.draft !== draft) change(chatId, { draft });
    },
    pin: async (chatId, isPinned) => change(chatId, { isPinned }),
    mute: async (chatId, mutedUntilMs) => change(chatId, { mutedUntilMs }),
    async clear(chatId) {
      chats.delete(chatId);
      tell(null);
    },
    async group(chatId) {
      const { summary, members } = chatOf(chatId);
      const ranks = { owner: 0, admin: 1, member: 2 };
      return {
        chatId,
        name: summary.name,
        picture: summary.picture,
        ownRole: members.find(({ who }) => who.isSelf)?.role ?? 'member',
        members: [...members]
          .sort((a, b) => ranks[a.role] - ranks[b.role])
          .map(({ who, role }) => ({ ...who, role })),
      };
    },
    async addMembers(chatId, hexkeyIds) {
      const who = hexkeyIds.map(personOf);
      chatOf(chatId).members.push(...who.map((one) => ({ who: one, role: 'member' as const })));
      event(chatId, { kind: 'added', who });
    },
    async removeMember(chatId, accountId) {
      const chat = chatOf(chatId);
      const gone = chat.members.filter(({ who }) => who.accountId === accountId);
      chat.members = chat.members.filter(({ who }) => who.accountId !== accountId);
      event(chatId, { kind: 'removed', who: gone.map(({ who }) => who) });
    },
    async setRole(chatId, accountId, role) {
      const chat = chatOf(chatId);
      chat.members = chat.members.map((member) =>
        member.who.accountId === accountId
          ? { ...member, role }
          : role === 'owner' && member.who.isSelf
            ? { ...member, role: 'admin' }
            : member,
      );
      const changed = chat.members.find(({ who }) => who.accountId === accountId);
      if (changed) event(chatId, { kind: 'role', who: changed.who, role });
    },
    async setGroupProfile(chatId, { name, picture }) {
      const renamed = chatOf(chatId).summary.name !== name;
      change(chatId, { name, picture });
      event(chatId, renamed ? { kind: 'renamed', name } : { kind: 'picture-changed' });
    },
    async leave(chatId) {
      const chat = chatOf(chatId);
      chat.members = chat.members.filter(({ who }) => !who.isSelf);
      event(chatId, { kind: 'left', who: self });
      change(chatId, { obstacle: 'left' });
    },
    createInvite: async () => fakeGroupLink,
    revokeInvite: async () => undefined,
    readInvite(link) {
      if (!link.includes('#')) throw new DomainError('NotFound', { what: 'invite' });
      return { groupName: 'Chess by Post' };
    },
    async requestToJoin(link) {
      if (!link.includes('#')) throw new DomainError('NotFound', { what: 'invite' });
    },
    joinRequests: async (chatId) => chatOf(chatId).requests,
    async answerJoinRequest(chatId, accountId, approve) {
      const chat = chatOf(chatId);
      const asked = chat.requests.find(({ person }) => person.accountId === accountId);
      chat.requests = chat.requests.filter((request) => request !== asked);
      if (!asked || !approve) return tell(chatId);
      chat.members.push({ who: asked.person, role: 'member' });
      event(chatId, { kind: 'joined-by-link', who: asked.person });
    },
    async safetyNumber(chatId) {
      const { summary, safety } = chatOf(chatId);
      const peer = summary.peer ?? summary.changed;
      if (!peer) throw new DomainError('NotFound', { what: 'person' });
      const digits = Array.from({ length: 12 }, (_, group) => String(10_007 * (group + 3)).slice(0, 5));
      return { peer, digits: digits.join(' '), code: 'hexkey-safety:1:AAAA', state: safety };
    },
    async compareSafetyCode(chatId, code) {
      if (code !== 'hexkey-safety:1:AAAA') return false;
      confirm(chatId);
      return true;
    },
    async confirmSecurityCode(chatId, shown) {
      const isShown = shown === 'hexkey-safety:1:AAAA';
      if (isShown) confirm(chatId);
      return isShown;
    },
    async acceptSecurityCode(chatId, shown) {
      if (shown !== 'hexkey-safety:1:AAAA') return false;
      chatOf(chatId).safety = 'unverified';
      change(chatId, { obstacle: null, changed: null });
      return true;
    },
    readReceipts: async () => receipts,
    async setReadReceipts(on) {
      receipts = on;
    },
  };

  function confirm(chatId: string): void {
    const chat = chatOf(chatId);
    chat.safety = 'verified';
    change(
      chatId,
      chat.summary.obstacle === 'security-code-changed' ? { obstacle: null, changed: null } : {},
    );
  }
}

const messageIn = (chat: FakeChat, id: string | undefined) => chat.messages.find((one) => one.id === id);
const excerptOf = ({ content }: ChatMessage) => ('text' in content ? content.text.slice(0, 200) : '');

function reactionsWith(before: ChatMessage['reactions'], own: string | null): ChatMessage['reactions'] {
  const others = before
    .map(({ emoji, who }) => ({ emoji, who: who.filter(({ isSelf }) => !isSelf) }))
    .filter(({ who }) => who.length > 0);
  if (own === null) return others;
  const same = others.find(({ emoji }) => emoji === own);
  if (!same) return [...others, { emoji: own, who: [self] }];
  return others.map((one) => (one === same ? { ...one, who: [...one.who, self] } : one));
}
