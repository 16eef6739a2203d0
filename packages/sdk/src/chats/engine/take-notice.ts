import type { EnvelopePush, GroupNotice } from '@hexkey/protocol';
import { amendChat, type ChatRecord, readChat } from '../state/chat-record.ts';
import { takeEvent } from '../state/enter-message.ts';
import type { MessageBody } from '../state/message-record.ts';
import { forgetSeen } from '../state/person-record.ts';
import type { Engine } from './engine.ts';
import { orderOnceIn } from './order-once.ts';

/** The server's word about its own tables. It changes no keys; null: of a newer server. */
export async function takeNotice(
  engine: Engine,
  { envelopeId, groupId, sentAtMs }: EnvelopePush,
  notice: GroupNotice | null,
): Promise<void> {
  if (notice === null) return;
  const { selfId, book } = engine;
  await book.change(async (rows) => {
    const chat = await readChat(rows, groupId);
    if (chat === null) return;
    await amendChat(rows, groupId, (before) => afterNotice(before, notice, selfId));
    const body = lineOf(chat, notice);
    const event = { chatId: groupId, id: envelopeId, senderId: notice.account, sentAtMs };
    if (body !== null) await takeEvent(rows, selfId, event, body);
    if (notice.what === 'deleted') await forgetSeen(rows, notice.account);
    const isOut = notice.what === 'left' || notice.what === 'deleted';
    if (isOut && notice.account !== selfId) await orderOnceIn(engine, rows, groupId, { kind: 'tidy' });
  });
}

function afterNotice(chat: ChatRecord, notice: GroupNotice, selfId: string): Partial<ChatRecord> {
  const { account } = notice;
  switch (notice.what) {
    case 'role': {
      const { role } = notice;
      const others = chat.members.filter(({ accountId }) => accountId !== account);
      // A group has one owner: the one before is an admin then.
      const rest =
        role === 'owner' ? others.map((other) => ({ ...other, role: notOwner(other.role) })) : others;
      return { members: [...rest, { accountId: account, role }] };
    }
    case 'left':
    case 'deleted': {
      if (account === selfId) return { standing: 'left' };
      if (chat.kind === 'direct') return { isStale: true };
      return { members: chat.members.filter(({ accountId }) => accountId !== account), isStale: true };
    }
    case 'join_approved':
      return { approved: [...(chat.approved ?? []), account] };
    case 'join_requested':
      return {};
  }
}

const notOwner = (role: ChatRecord['members'][number]['role']) => (role === 'owner' ? 'admin' : role);

function lineOf({ kind }: ChatRecord, notice: GroupNotice): MessageBody | null {
  if (kind !== 'group') return null;
  if (notice.what === 'role') return { kind: 'role', who: notice.account, role: notice.role };
  return notice.what === 'left' ? { kind: 'left', who: notice.account } : null;
}
