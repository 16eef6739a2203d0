import type { IdentityChange } from '../../identity/identity.ts';
import { listChats } from '../state/chat-record.ts';
import type { Engine } from './engine.ts';
import { orderOnce } from './order-once.ts';
import { patience } from './patience.ts';

const listsAtOnce = 50;

/** Asks who speaks for the people of open conversations now. What changed is told by `Identity`. */
export async function refreshDevices({ book, identity }: Engine): Promise<void> {
  const open = (await listChats(book)).filter(({ standing }) => standing === 'in');
  const accountIds = [...new Set(open.flatMap(({ members }) => members.map(({ accountId }) => accountId)))];
  for (let first = 0; first < accountIds.length; first += listsAtOnce)
    await identity.refresh(accountIds.slice(first, first + listsAtOnce));
}

/** Devices of an account were ended: their leaves leave its conversations. The owner's own go at once. */
export async function tidyAfter(engine: Engine, change: IdentityChange): Promise<void> {
  const { book, selfId, signal } = engine;
  if (change.kind !== 'own' && change.kind !== 'devices') return;
  const accountId = change.kind === 'own' ? selfId : change.accountId;
  if (accountId !== selfId) await patience(engine);
  if (signal.aborted) return;
  for (const { chatId, members, standing } of await listChats(book))
    if (standing === 'in' && members.some((member) => member.accountId === accountId))
      await orderOnce(engine, chatId, { kind: 'tidy' });
}
