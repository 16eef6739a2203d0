import type { ChatMessage, HexkeyClient } from '@hexkey/sdk';
import type { Context, Report } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';
import { chatIn, messageIn } from './chat-in.ts';
import { sayAndSend } from './say-and-send.ts';
import { sayChat, sayMessageWithId, valueOfChat, valueOfMessage } from './say-chat.ts';
import { whileConnected } from './stay-connected.ts';

/** Another text in the place of an own one, for fifteen minutes. It is asked for: arguments are in the list of processes. */
export async function editMessage({ hexkey, parameters, terminal }: Context): Promise<Report> {
  const { chatId, id } = messageIn(parameters);
  const text = await terminal.ask('New text:');
  if (text.trim() === '')
    throw new UsageError('An empty message is not sent. `hexkey chat delete` takes it back.');
  const change = () => hexkey.chats.edit(chatId, id, text);
  return sayAndSend(hexkey, [chatId], change, () => messageReport(hexkey, chatId, id));
}

/** For everyone: an own message; owner and admins of a group any. */
export async function deleteMessage({ hexkey, parameters }: Context): Promise<Report> {
  const { chatId, id } = messageIn(parameters);
  const deletion = () => hexkey.chats.deleteForEveryone(chatId, id);
  return sayAndSend(hexkey, [chatId], deletion, () => messageReport(hexkey, chatId, id));
}

/** Said again in other conversations. */
export async function forwardMessage({ hexkey, parameters }: Context): Promise<Report> {
  const { chatId, id } = messageIn(parameters);
  const to = (parameters[2] ?? '').split(',').map((each) => chatIn([each]));
  const forward = () => hexkey.chats.forward(chatId, id, to);
  return sayAndSend(hexkey, to, forward, async () => {
    const chats = await Promise.all(to.map((each) => hexkey.chats.get(each)));
    return { value: { chats: chats.map(valueOfChat) }, lines: chats.flatMap(sayChat) };
  });
}

export const pinMessage = (context: Context) => setPinned(context, true);
export const unpinMessage = (context: Context) => setPinned(context, false);

async function setPinned({ hexkey, parameters }: Context, isPinned: boolean): Promise<Report> {
  const { chatId, id } = messageIn(parameters);
  const pin = () => hexkey.chats.pinMessage(chatId, id, isPinned);
  return sayAndSend(hexkey, [chatId], pin, () => pinnedReport(hexkey, chatId));
}

/** What is pinned for everybody there. */
export async function showPinned({ hexkey, parameters }: Context): Promise<Report> {
  const chatId = chatIn(parameters);
  await whileConnected(hexkey, ({ caughtUp }) => caughtUp());
  return pinnedReport(hexkey, chatId);
}

/** A question with answers to choose from, in a group; both are asked for. */
export async function askPoll({ hexkey, parameters, terminal, options }: Context): Promise<Report> {
  const chatId = chatIn(parameters);
  const question = (await terminal.ask('Question:')).trim();
  const answers = (await terminal.ask('Answers, with | between:')).split('|').map((answer) => answer.trim());
  const several = options.several === true;
  const ask = () => hexkey.chats.send(chatId, { kind: 'poll', question, several, options: answers });
  return sayAndSend(hexkey, [chatId], ask, (id) => messageReport(hexkey, chatId, id));
}

/** Everything that is chosen, by place from 1; 0 for no vote any more. */
export async function vote({ hexkey, parameters }: Context): Promise<Report> {
  const { chatId, id } = messageIn(parameters);
  const places = (parameters[2] ?? '').split(',');
  if (!places.every((place) => /^\d{1,2}$/.test(place)))
    throw new UsageError('CHOICES are the places of the answers, from 1, with commas between; 0 for none.');
  const choices = places.map(Number).flatMap((place) => (place > 0 ? [place - 1] : []));
  const choose = () => hexkey.chats.vote(chatId, id, choices);
  return sayAndSend(hexkey, [chatId], choose, () => messageReport(hexkey, chatId, id));
}

async function messageReport(hexkey: HexkeyClient, chatId: string, id: string): Promise<Report> {
  const message = await findMessage(hexkey, chatId, id);
  if (message === undefined) return { value: { message: null }, lines: [] };
  return { value: { message: valueOfMessage(message) }, lines: [sayMessageWithId(message)] };
}

async function findMessage(
  { chats }: HexkeyClient,
  chatId: string,
  messageId: string,
): Promise<ChatMessage | undefined> {
  let before: string | undefined;
  for (;;) {
    const { messages, more } = await chats.messages(chatId, before);
    const found = messages.find(({ id }) => id === messageId);
    if (found !== undefined || !more) return found;
    before = messages[0]?.id;
  }
}

async function pinnedReport({ chats }: HexkeyClient, chatId: string): Promise<Report> {
  const messages = await chats.pinnedMessages(chatId);
  return { value: { messages: messages.map(valueOfMessage) }, lines: messages.map(sayMessageWithId) };
}
