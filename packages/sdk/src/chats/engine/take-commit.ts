import type { Received } from '@hexkey/group-crypto';
import {
  accepted,
  type ChatRecord,
  isOfChat,
  keepChat,
  mayAdminister,
  newChat,
  readChat,
} from '../state/chat-record.ts';
import { takeEvent } from '../state/enter-message.ts';
import type { MessageBody } from '../state/message-record.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import type { Engine } from './engine.ts';
import { orderOnceIn } from './order-once.ts';
import { arrivedKey, type Postmark } from './postmark.ts';
import { sayProfileIn } from './say-profile.ts';

type Commit = Extract<Received, { kind: 'commit' }>;

/** A commit that took effect: who is in, who says so, and what this device has to do about it. */
export async function takeCommit(engine: Engine, commit: Commit, postmark: Postmark): Promise<void> {
  const { book, crypto, selfId, client } = engine;
  const leaves = commit.removedSelf ? [] : await crypto.members(commit.groupId);
  const present = new Set(leaves.map(({ accountId }) => accountId));
  const greets = greetsJoiners(engine, commit, leaves);
  await book.change(async (rows) => {
    rows.delete(arrivedKey(commit.envelopeId));
    const chat = (await readChat(rows, commit.groupId)) ?? newChat(commit.groupId, client.deps.clock.now());
    const known = new Set(chat.members.map(({ accountId }) => accountId));
    const added = accountsOf(commit.added).filter((accountId) => !known.has(accountId));
    // Taken out and brought in by one commit: somebody has renewed this device's leaf, and the welcome follows.
    if (commit.removedSelf && accountsOf(commit.added).includes(selfId))
      return keepChat(rows, { ...chat, standing: 'joining', isStale: true });
    const removed = commit.removedSelf
      ? [selfId]
      : accountsOf(commit.removed).filter((accountId) => known.has(accountId) && !present.has(accountId));
    const isOurs = [...present].every((accountId) => isOfChat(chat, selfId, accountId));
    const next = afterCommit(chat, !isOurs || commit.removedSelf, added, removed);
    // This device came in by itself: the account was in before, and what it decided then is nowhere to be read.
    const isBack = commit.own && commit.external && chat.request === 'none';
    keepChat(rows, isBack ? { ...next, ...accepted(next) } : next);
    await tell(rows, selfId, chat, commit, postmark, { added, removed });
    if (greets(chat, added.length > 0)) await sayProfileIn(engine, rows, chat);
    if (commit.own && commit.external) await orderOnceIn(engine, rows, commit.groupId, { kind: 'tidy' });
  });
}

function afterCommit(
  chat: ChatRecord,
  isOut: boolean,
  added: readonly string[],
  removed: readonly string[],
): ChatRecord {
  const joiners = added.map((accountId) => ({ accountId, role: 'member' as const }));
  // In a direct conversation both stay members, whoever has leaves.
  const members =
    chat.kind === 'direct'
      ? chat.members
      : [...chat.members.filter(({ accountId }) => !removed.includes(accountId)), ...joiners];
  const isNew = added.length > 0 || chat.kind === null || isOut;
  const approved = (chat.approved ?? []).filter((accountId) => !added.includes(accountId));
  return { ...chat, members, approved, standing: isOut ? 'removed' : 'in', isStale: chat.isStale || isNew };
}

async function tell(
  rows: ChatWriter,
  selfId: string,
  chat: ChatRecord,
  { groupId, envelopeId, committer, own, external }: Commit,
  { sentAtMs }: Postmark,
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
): Promise<void> {
  const say = (id: string, body: MessageBody, senderId = committer.accountId) =>
    takeEvent(rows, selfId, { chatId: groupId, id, senderId, sentAtMs }, body);
  if (own && external) await say(envelopeId, { kind: 'history-begins' });
  if (chat.kind !== 'group') return;
  const asked = added.filter((accountId) => chat.approved?.includes(accountId));
  const others = added.filter((accountId) => !asked.includes(accountId));
  for (const who of asked) await say(`${envelopeId}+${who}`, { kind: 'joined-by-link', who }, who);
  if (others.length > 0 && !external) await say(envelopeId, { kind: 'added', who: others });
  // Two lines of one envelope: the second needs a name of its own.
  if (removed.length > 0) await say(`${envelopeId}-`, { kind: 'removed', who: removed });
}

/**
 * Whether this device tells newcomers the name of the group: after a commit of its own that brought somebody in. A device that came in by
 * itself is told by another account, the owner or an admin if there is one, since the newcomer's own may have no other device; and by each device
 * of it that is there, since nobody knows which of them are lost.
 */
function greetsJoiners(
  { selfId }: Engine,
  { own, external, committer }: Commit,
  leaves: readonly { readonly accountId: string }[],
) {
  return (chat: ChatRecord, hasNewAccounts: boolean): boolean => {
    if (chat.profile === null) return false;
    if (!external) return own && hasNewAccounts && mayAdminister(chat, selfId);
    const others = leaves.filter(({ accountId }) => accountId !== committer.accountId);
    const greeter = others.find(({ accountId }) => mayAdminister(chat, accountId)) ?? others[0];
    return greeter?.accountId === selfId;
  };
}

function accountsOf(devices: readonly { readonly accountId: string }[]): readonly string[] {
  return [...new Set(devices.map(({ accountId }) => accountId))];
}
