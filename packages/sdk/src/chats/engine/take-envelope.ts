import type { Received } from '@hexkey/group-crypto';
import {
  decodeMessage,
  decodeNotice,
  type EnvelopePush,
  MalformedError,
  type Message,
  type TransientPush,
} from '@hexkey/protocol';
import { accepted, isOfChat, keepChat, newChat, readChat, type Standing } from '../state/chat-record.ts';
import { takeEvent } from '../state/enter-message.ts';
import { readMessage } from '../state/message-record.ts';
import { listOrders } from '../state/order-record.ts';
import { takeMessage } from '../state/take-message.ts';
import { endTyping, noteTyping, typingLastsMs } from '../state/typing-record.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import type { Engine } from './engine.ts';
import { orderOnce } from './order-once.ts';
import { arrivedKey, type Postmark } from './postmark.ts';
import { takeCommit } from './take-commit.ts';
import { takeNotice } from './take-notice.ts';

/**
 * One envelope: decrypted and kept by `GroupCrypto`, entered into the conversation, and acked only then. A device that dies in between is
 * sent the envelope again and finds the decrypted content in the inbox.
 * @throws what asking about a credential throws: then nothing has happened, and the next connection brings the envelope again
 */
export async function takeEnvelope(engine: Engine, push: EnvelopePush): Promise<void> {
  const { envelopeId, groupId, kind, body } = push;
  if (kind === 'notice') await takeNotice(engine, push, decodeNotice(body));
  else {
    const received = await engine.crypto.receive({ envelopeId, groupId, kind, body });
    if (received.kind === 'future') {
      await engine.book.change(async (rows) => rows.put(arrivedKey(envelopeId), postmarkOf(push)));
      await rejoinWhenBehind(engine, groupId);
    } else if (received.kind !== 'known') await enter(engine, received, postmarkOf(push), push);
    if (received.kind === 'poison' && kind === 'commit') await rejoinAfter(engine, push);
    if (received.kind === 'commit' || received.kind === 'joined') await enterArrived(engine);
  }
  engine.wire.send({ type: 'ack', envelopeIds: [envelopeId] });
  engine.changed(groupId);
  if (kind !== 'message') engine.wake();
}

/** Messages that came before their epoch did, and can be read by now. */
export async function enterArrived(engine: Engine): Promise<void> {
  for (const received of await engine.crypto.inbox()) {
    const postmark = await engine.book.get<Postmark>(arrivedKey(received.envelopeId));
    // Without one its envelope was not acked: it comes again.
    if (postmark !== null && received.kind !== 'future' && received.kind !== 'known')
      await enter(engine, received, postmark, null);
  }
}

/** Who is typing; kept nowhere but in a row that the pages share. */
export async function takeTransient(engine: Engine, push: TransientPush): Promise<void> {
  const { groupId, clientMessageId, body } = push;
  if (clientMessageId === null) return;
  const envelope = { envelopeId: clientMessageId, groupId, kind: 'message' as const, body };
  const received = await engine.crypto.receive(envelope);
  if (received.kind === 'known' || received.kind === 'future') return;
  await engine.crypto.taken([received.envelopeId]);
  if (received.kind !== 'message' || received.sender.accountId === engine.selfId) return;
  if (messageIn(received.plaintext)?.content.kind !== 'typing') return;
  const { accountId } = received.sender;
  const { deps } = engine.client;
  const atMs = deps.clock.now();
  await engine.book.change(async (rows) => noteTyping(rows, { chatId: groupId, accountId, atMs }));
  engine.changed(groupId);
  // Screens are told once more when it is over.
  if (deps.socket !== undefined)
    engine.client.background(
      deps.socket.wait(typingLastsMs, engine.signal).then(() => engine.changed(groupId)),
    );
}

async function enter(
  engine: Engine,
  received: Exclude<Received, { kind: 'future' | 'known' }>,
  postmark: Postmark,
  push: EnvelopePush | null,
): Promise<void> {
  const { envelopeId } = received;
  if (received.kind === 'commit') await takeCommit(engine, received, postmark);
  else
    await engine.book.change(async (rows) => {
      rows.delete(arrivedKey(envelopeId));
      if (received.kind === 'message') await enterMessage(engine, rows, received, postmark);
      else if (received.kind === 'joined') await enterChat(engine, rows, received, postmark);
      else await enterUnreadable(engine, rows, received, postmark, push);
    });
  await engine.crypto.taken([envelopeId]);
}

async function enterMessage(
  { selfId, client }: Engine,
  rows: ChatWriter,
  { envelopeId, groupId, sender, plaintext }: Extract<Received, { kind: 'message' }>,
  { sentAtMs }: Postmark,
): Promise<void> {
  const chat = (await readChat(rows, groupId)) ?? newChat(groupId, client.deps.clock.now());
  // Keys that the server has put in the place of the pair's: who speaks here is not who it would be shown as.
  if (!isOfChat(chat, selfId, sender.accountId)) return keepChat(rows, { ...chat, isStale: true });
  keepChat(rows, chat);
  const place = { chatId: groupId, senderId: sender.accountId, sentAtMs };
  const message = messageIn(plaintext);
  await endTyping(rows, { chatId: groupId, accountId: sender.accountId });
  if (message === null || (await isTaken(rows, selfId, place, message.id)))
    await takeEvent(rows, selfId, { ...place, id: envelopeId }, { kind: 'unreadable' });
  else await takeMessage(rows, selfId, { ...place, ...message, nowMs: client.deps.clock.now() });
}

/** A message that says an id which somebody else's message has, or one of the owner's that is still on its way: it must not stand in its place. */
async function isTaken(
  rows: ChatWriter,
  selfId: string,
  { chatId, senderId }: { readonly chatId: string; readonly senderId: string },
  id: string,
): Promise<boolean> {
  const there = await readMessage(rows, chatId, id);
  if (there !== null) return there.senderId !== senderId;
  return senderId !== selfId && (await listOrders(rows)).some((order) => order.id === id);
}

/** A welcome: somebody, or another device of the owner, has brought this device in. */
async function enterChat(
  { selfId }: Engine,
  rows: ChatWriter,
  { envelopeId, groupId, members }: Extract<Received, { kind: 'joined' }>,
  { sentAtMs, senderAccount }: Postmark,
): Promise<void> {
  const known = await readChat(rows, groupId);
  // A direct conversation begins to be shown with its first message.
  const chat = known ?? { ...newChat(groupId, sentAtMs), isHidden: true };
  const isReadd = known !== null && known.kind !== null && isWaiting(known.standing);
  const byAccount = isReadd ? null : senderAccount;
  const opening = byAccount === null ? null : { id: envelopeId, byAccount, sentAtMs };
  const isOurs = members.every(({ accountId }) => isOfChat(chat, selfId, accountId));
  // An own device has let this one in: what it is in was decided there.
  const decided = senderAccount === selfId ? accepted(chat) : {};
  keepChat(rows, { ...chat, ...decided, standing: isOurs ? 'in' : 'removed', opening, isStale: true });
  const event = { chatId: groupId, id: envelopeId, senderId: selfId, sentAtMs };
  if (known?.standing === 'awaiting-readd' && isOurs)
    await takeEvent(rows, selfId, event, { kind: 'history-begins' });
}

/** The account was a member all the time, and only this device was out. */
const isWaiting = (standing: Standing) => ['in', 'joining', 'awaiting-readd', 'unchecked'].includes(standing);

async function enterUnreadable(
  { selfId }: Engine,
  rows: ChatWriter,
  { envelopeId, groupId }: Extract<Received, { kind: 'poison' }>,
  { sentAtMs, senderAccount }: Postmark,
  push: EnvelopePush | null,
): Promise<void> {
  if (push?.kind !== 'message' || senderAccount === null) return;
  const event = { chatId: groupId, id: envelopeId, senderId: senderAccount, sentAtMs };
  await takeEvent(rows, selfId, event, { kind: 'unreadable' });
}

/** The server has gone on to an epoch that this device cannot follow: it joins anew, past the commit that it could not read. */
async function rejoinAfter(engine: Engine, { groupId, epoch }: EnvelopePush): Promise<void> {
  if ((await engine.crypto.epoch(groupId)) === epoch) await orderOnce(engine, groupId, { kind: 'join' });
}

/** Envelopes of a group come in order: a commit before this one was dropped, after 30 days, and does not come any more. */
async function rejoinWhenBehind(engine: Engine, groupId: string): Promise<void> {
  const { crypto } = engine;
  // One that is joining anyway waits for its own commit.
  if ((await crypto.epoch(groupId)) === null || (await crypto.pendingCommit(groupId))?.external) return;
  await orderOnce(engine, groupId, { kind: 'join' });
}

function messageIn(plaintext: Uint8Array): Message | null {
  try {
    return decodeMessage(plaintext);
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

const postmarkOf = ({ sentAtMs, senderAccount }: EnvelopePush): Postmark => ({ sentAtMs, senderAccount });
