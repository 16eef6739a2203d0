import { DomainError, problemOf } from '@hexkey/contract';
import {
  decodeMessage,
  encodeMessage,
  fromBase64url,
  type KnownContent,
  type MessageContent,
  messageLimitBytes,
} from '@hexkey/protocol';
import type { Engine } from '../engine/engine.ts';
import { orderOnceIn } from '../engine/order-once.ts';
import type { Answer } from '../engine/wire.ts';
import { amendChat, isOfChat, readChat } from '../state/chat-record.ts';
import { isSpoken, noteUndelivered } from '../state/message-record.ts';
import { dropOrder, keepOrder, type Order, type OrderedContent } from '../state/order-record.ts';
import { readPeople } from '../state/person-record.ts';
import { showsReads } from '../state/read-receipts.ts';
import { takeMessage } from '../state/take-message.ts';
import type { Step } from './step.ts';

type Saying = Order & { readonly task: { readonly kind: 'say' } };
type Taken = Step | { readonly staleAt: number };

/** Somebody who stopped typing this long ago is not typing. */
const typingIsNewsMs = 5000;

/**
 * Sends a message. Its ciphertext is kept before it goes out, and the same bytes go out again after an unknown result; the server takes one
 * client message id once. It is entered into the conversation with the time the server gives it, in the write that ends the order.
 */
export async function say(engine: Engine, order: Saying): Promise<Step> {
  const { crypto, wire, book, client } = engine;
  const content = contentOf(order.task.content);
  const { id, chatId } = order;
  const isTransient = content.kind === 'typing';
  const isOver = isTransient && client.deps.clock.now() - order.orderedAtMs > typingIsNewsMs;
  // Read receipts were turned off since: what was read before is told no more either.
  if (isOver || (content.kind === 'read' && !(await showsReads(book)))) {
    await book.change(async (rows) => dropOrder(rows, order));
    return 'done';
  }
  if (!wire.isLive() || !(await maySpeak(engine, chatId))) return 'wait';
  const plaintext = encodeMessage({ id, content });
  const { epoch, ciphertext } = await crypto.reencrypt(chatId, id, plaintext);
  // Once more: an envelope may have come in between, and it is encrypted to whoever is in now.
  if (!(await maySpeak(engine, chatId))) return 'wait';
  const taken = await wire.ask<Taken>(
    {
      type: 'send',
      groupId: chatId,
      epoch,
      clientMessageId: id,
      body: ciphertext,
      transient: isTransient,
    },
    // As the others read it: what a page of a newer version ordered is unknown here too.
    (answer) => take(engine, order, decodeMessage(plaintext).content, answer),
  );
  if (typeof taken === 'string' || 'retryAfterMs' in taken) return taken;
  // The commit that ended the epoch comes over the same socket; after it the message is encrypted anew.
  return (await crypto.epoch(chatId)) === epoch ? 'wait' : 'again';
}

async function take(engine: Engine, order: Saying, content: MessageContent, answer: Answer): Promise<Taken> {
  const { crypto, book, selfId, client } = engine;
  const { id, chatId } = order;
  const nowMs = client.deps.clock.now();
  if (answer.type === 'delivered' || answer.type === 'caught_up')
    throw new Error('the answer to another question');
  if (answer.type === 'not_sent') return refused(engine, order, answer);
  // First: what is dropped here is made again if the next write does not happen, and the server knows its id.
  await crypto.sent(id);
  await book.change(async (rows) => {
    dropOrder(rows, order);
    const { sentAtMs } = answer;
    await takeMessage(rows, selfId, { chatId, id, senderId: selfId, sentAtMs, nowMs, content });
    if (isSpoken(content)) noteUndelivered(rows, chatId, id);
    const peerId = answer.readd ? (await readChat(rows, chatId))?.peerId : null;
    // They refused the owner before and do no longer: keys of now let them read what comes.
    if (peerId) await orderOnceIn({ client }, rows, chatId, { kind: 'add-account', accountId: peerId });
  });
  engine.changed(chatId);
  return 'done';
}

async function refused(
  { book, crypto, changed }: Engine,
  order: Saying,
  answer: Extract<Answer, { type: 'not_sent' }>,
): Promise<Taken> {
  switch (answer.reason) {
    case 'stale_epoch':
      return { staleAt: answer.epoch };
    case 'too_many':
      return { retryAfterMs: answer.retryAfterMs };
    case 'not_a_member':
    case 'no_group':
      // Where this device stands is for the server's list of groups to say.
      await book.change((rows) =>
        amendChat(rows, order.chatId, () => ({ standing: 'joining', isStale: true })),
      );
      return 'wait';
    case 'too_large': {
      await crypto.sent(order.id);
      const failed = problemOf(new DomainError('MessageTooLong', { maxBytes: messageLimitBytes }));
      await book.change(async (rows) => keepOrder(rows, { ...order, failed }));
      changed(order.chatId);
      return 'done';
    }
  }
}

/** Whether this device has keys, the conversation is open, and the others are who they were. */
async function maySpeak({ book, crypto, identity, selfId }: Engine, chatId: string): Promise<boolean> {
  const chat = await readChat(book, chatId);
  if (chat?.standing !== 'in' || chat.kind === null || (await crypto.epoch(chatId)) === null) return false;
  const others = (await crypto.members(chatId)).filter(({ accountId }) => accountId !== selfId);
  if (!others.every(({ accountId }) => isOfChat(chat, selfId, accountId))) return false;
  if ((await identity.outOfLine(others)).length > 0) return false;
  for (const accountId of new Set(others.map((leaf) => leaf.accountId)))
    if ((await identity.known(accountId))?.standing === 'changed') return false;
  // Blocked after it was ordered: it waits until they are not.
  return chat.peerId === null || (await readPeople(book)).get(chat.peerId)?.person.relation !== 'blocked';
}

function contentOf(content: OrderedContent): KnownContent {
  if (content.kind !== 'profile') return content;
  return { ...content, picture: content.picture === null ? null : fromBase64url(content.picture) };
}
