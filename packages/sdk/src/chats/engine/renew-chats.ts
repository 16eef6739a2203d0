import type { IdentityChange } from '../../identity/identity.ts';
import { type ChatRecord, listChats } from '../state/chat-record.ts';
import type { Engine } from './engine.ts';
import { orderOnce } from './order-once.ts';
import { patience } from './patience.ts';

/** Whose change may have left leaves outside their account's line, or lets them be renewed now; undefined: anybody's. */
export async function renewAfter(engine: Engine, change: IdentityChange): Promise<void> {
  if (change.kind === 'own') return;
  await renewChats(engine, change.kind === 'elsewhere' ? undefined : change.accountId);
}

/**
 * Orders the renewal of leaves that no key of their account's pinned line vouches for, where the owner has not to look at a code first.
 * In a group every member may; whoever waits least does it.
 */
export async function renewChats(engine: Engine, accountId?: string): Promise<void> {
  const concerned: ChatRecord[] = [];
  for (const chat of await listChats(engine.book))
    if (chat.standing === 'in' && (await hasStaleLeaf(engine, chat, accountId))) concerned.push(chat);
  for (const { chatId, kind } of concerned)
    if (kind === 'direct') await orderOnce(engine, chatId, { kind: 'renew' });
  if (concerned.every(({ kind }) => kind === 'direct')) return;
  await patience(engine);
  for (const chat of concerned)
    if (chat.kind === 'group' && !engine.signal.aborted && (await hasStaleLeaf(engine, chat, accountId)))
      await orderOnce(engine, chat.chatId, { kind: 'renew' });
}

async function hasStaleLeaf(
  { crypto, identity, selfId }: Engine,
  { chatId, peerId }: ChatRecord,
  ofAccount: string | undefined,
): Promise<boolean> {
  const isMeant = (accountId: string) =>
    accountId !== selfId && (ofAccount === undefined || accountId === ofAccount);
  const leaves = (await crypto.members(chatId)).filter(({ accountId }) => isMeant(accountId));
  if (peerId !== null && isMeant(peerId) && !leaves.some(({ accountId }) => accountId === peerId))
    return true;
  for (const { accountId } of await identity.outOfLine(leaves))
    if ((await identity.known(accountId))?.standing !== 'changed') return true;
  return false;
}
