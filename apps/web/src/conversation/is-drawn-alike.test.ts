import type { ChatMessage, ChatPerson } from '@hexkey/sdk';
import { expect, test } from 'vitest';
import { isDrawnAlike, type RowProps } from './is-drawn-alike.ts';

const grace: ChatPerson = {
  accountId: 'grace',
  isSelf: false,
  person: { hexkeyId: '60221407', name: 'Grace', avatarId: null, kind: 'person', relation: 'contact' },
};
const message: ChatMessage = {
  id: 'm',
  chatId: 'c',
  sender: grace,
  sentAtMs: 1,
  content: { kind: 'text', text: 'hello' },
  replyTo: { id: 'n', sender: grace, excerpt: 'hi' },
  reactions: [{ emoji: '👍', who: [grace] }],
  lastsSeconds: null,
  isEdited: false,
  state: 'sent',
};
const nothing = () => undefined;
const row: RowProps = {
  message,
  startsRun: true,
  endsRun: true,
  isDirect: true,
  isActive: false,
  onFocus: nothing,
  onOptions: nothing,
  onJump: nothing,
};

test('a message that was read anew and says the same is not drawn again', () => {
  expect(isDrawnAlike(row, { ...row, message: structuredClone(message) })).toBe(true);
});

const renamed: ChatPerson = { ...grace, person: grace.person && { ...grace.person, name: 'Hopper' } };
const changes: readonly Partial<ChatMessage>[] = [
  { state: 'read' },
  { sender: renamed },
  { content: { kind: 'deleted' } },
  { replyTo: null },
  { reactions: [] },
  { isEdited: true },
  { lastsSeconds: 30 },
  { reactions: [{ emoji: '👍', who: [grace, renamed] }] },
];
const places: readonly Partial<RowProps>[] = [
  { startsRun: false },
  { endsRun: false },
  { isDirect: false },
  { isActive: true },
  { onOptions: () => undefined },
];

test('whatever is seen of a message, or of its place, draws it again', () => {
  for (const change of changes)
    expect(isDrawnAlike(row, { ...row, message: { ...structuredClone(message), ...change } })).toBe(false);
  for (const place of places) expect(isDrawnAlike(row, { ...row, ...place })).toBe(false);
});
