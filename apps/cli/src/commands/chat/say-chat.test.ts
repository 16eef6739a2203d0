import type { ChatMessage, ChatPerson, ChatSummary } from '@hexkey/sdk';
import { expect, test } from 'vitest';
import { sayChat, sayMessage } from './say-chat.ts';

const evil = 'x\u001b[2Jy\r\nz\u202ew\u2066v\u009bu\u2028t\u2029';
const plain = 'x [2Jy  z w v u t ';

const mallory: ChatPerson = {
  accountId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e',
  isSelf: false,
  person: { kind: 'person', hexkeyId: '123456789', name: evil } as ChatPerson['person'],
};
const message = (content: ChatMessage['content']): ChatMessage => ({
  ...{ id: 'id', chatId: 'chat', sentAtMs: 0, sender: mallory, content },
  ...{ replyTo: null, reactions: [], isEdited: false, lastsSeconds: null, state: null },
});
const contents: readonly ChatMessage['content'][] = [
  { kind: 'text', text: evil },
  { kind: 'text', text: evil, forwarded: true },
  { kind: 'contact', hexkeyId: evil, name: evil },
  { kind: 'poll', question: evil, several: false, options: [{ text: evil, who: [mallory] }] },
  { kind: 'renamed', name: evil },
  { kind: 'added', who: [mallory] },
  { kind: 'left', who: mallory },
  { kind: 'role', who: mallory, role: 'admin' },
];

for (const [place, content] of contents.entries())
  test(`${place} ${content.kind}: what others wrote neither moves the cursor nor turns the line around`, () => {
    const line = sayMessage(message(content));
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    expect(line).toContain(plain);
  });

test('so do the name of a group and that of a person in the list', () => {
  const chat = { chatId: 'chat', unread: 0, obstacle: null, last: message({ kind: 'text', text: evil }) };
  for (const summary of [
    { ...chat, kind: 'group', name: evil, peer: null },
    { ...chat, kind: 'direct', name: null, peer: mallory },
  ])
    for (const line of sayChat(summary as ChatSummary))
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
});

test('emoji of several parts, and letters that are joined, stay as they are', () => {
  const text = '\u{1f469}\u200d\u{1f4bb} \u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645';
  expect(sayMessage(message({ kind: 'text', text }))).toContain(text);
});
