import type { Context, Report } from '../../command.ts';
import { plainLine } from '../../plain-line.ts';
import { UsageError } from '../../usage-error.ts';
import { chatIn } from './chat-in.ts';
import { notSent, sayAndSend } from './say-and-send.ts';
import {
  nameOfChat,
  sayChat,
  sayMessage,
  sayMessageWithId,
  valueOfChat,
  valueOfMessage,
} from './say-chat.ts';
import { type Connection, whileConnected } from './stay-connected.ts';

/** Every conversation, after everything that waited on the server was read. */
export async function listChats({ hexkey }: Context): Promise<Report> {
  await whileConnected(hexkey, ({ caughtUp }) => caughtUp());
  const chats = await hexkey.chats.list();
  return { value: { chats: chats.map(valueOfChat) }, lines: chats.flatMap(sayChat) };
}

/** The newest messages of a conversation, which are then read. */
export async function readChat({ hexkey, parameters, options }: Context): Promise<Report> {
  const chatId = chatIn(parameters);
  const messages = await whileConnected(hexkey, async ({ caughtUp }) => {
    await caughtUp();
    const page = await hexkey.chats.messages(chatId);
    await hexkey.chats.markRead(chatId);
    return page.messages;
  });
  const say = options.ids === true ? sayMessageWithId : sayMessage;
  return { value: { messages: messages.map(valueOfMessage) }, lines: messages.map(say) };
}

/** Takes messages of somebody who is no contact: from then on they learn what is read. */
export async function acceptChat({ hexkey, parameters }: Context): Promise<Report> {
  const chatId = chatIn(parameters);
  await whileConnected(hexkey, ({ caughtUp }) => caughtUp());
  // The owner's other devices are told.
  const accept = () => hexkey.chats.accept(chatId);
  return sayAndSend(hexkey, [chatId], accept, () => chatReport(hexkey, chatId));
}

const lasting = { off: 0, '30s': 30, '10m': 600, '2h': 7200, '1d': 86_400, '1w': 604_800 } as const;

/** How long what is said from now on lasts, for everybody there. */
export async function setTimer({ hexkey, parameters }: Context): Promise<Report> {
  const chatId = chatIn(parameters);
  const [, time = ''] = parameters;
  if (!Object.hasOwn(lasting, time))
    throw new UsageError(`TIME is one of ${Object.keys(lasting).join(', ')}.`);
  const seconds = lasting[time as keyof typeof lasting];
  const set = () => hexkey.chats.setTimer(chatId, seconds);
  return sayAndSend(hexkey, [chatId], set, () => chatReport(hexkey, chatId));
}

/** The text is asked for: arguments are in the list of processes. */
export async function sendToChat({ hexkey, parameters, terminal }: Context): Promise<Report> {
  const chatId = chatIn(parameters);
  const text = await terminal.ask('Message:');
  if (text.trim() === '') throw new UsageError('An empty message is not sent.');
  return whileConnected(hexkey, async (connection) => {
    const id = await hexkey.chats.send(chatId, { kind: 'text', text });
    const stateNow = async () => {
      const { messages } = await hexkey.chats.messages(chatId);
      return messages.find((message) => message.id === id)?.state ?? null;
    };
    const isSettled = await connection.until(async () => (await stateNow()) !== 'waiting');
    const state = await stateNow();
    const isSent = isSettled && state !== 'failed';
    return { value: { id, state }, lines: [isSent ? 'Sent.' : notSent], isBad: !isSent };
  });
}

/** Messages that are on this computer. What is searched for is asked for: arguments are in the list of processes. */
export async function searchChats({ hexkey, terminal }: Context): Promise<Report> {
  const text = await terminal.ask('Search for:');
  const messages = await hexkey.chats.search(text);
  const names = new Map((await hexkey.chats.list()).map((chat) => [chat.chatId, nameOfChat(chat)]));
  return {
    value: { messages: messages.map((message) => ({ chatId: message.chatId, ...valueOfMessage(message) })) },
    lines: messages.map((message) => plainLine(`${names.get(message.chatId) ?? ''}: ${sayMessage(message)}`)),
  };
}

/** Prints what is said as it comes, until it is interrupted or the time is over. Each message is a line of JSON with --json. */
export async function followChat({ hexkey, parameters, terminal, options }: Context): Promise<Report> {
  const chatId = chatIn(parameters);
  const seconds = options.seconds === undefined ? null : Number(options.seconds);
  if (seconds !== null && !(Number.isInteger(seconds) && seconds > 0))
    throw new UsageError('--seconds must be a number above 0.');
  const endsAt = seconds === null ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1000;
  const said = new Set<string>();
  let printed = 0;
  await whileConnected(hexkey, async (connection) => {
    while (Date.now() < endsAt) {
      for (const message of (await hexkey.chats.messages(chatId)).messages) {
        if (said.has(message.id)) continue;
        said.add(message.id);
        printed += 1;
        terminal.print(options.json === true ? JSON.stringify(valueOfMessage(message)) : sayMessage(message));
      }
      await connection.news(1_000);
    }
  });
  return { value: { printed }, lines: [] };
}

/** The conversation with a person, made when there is none. */
export async function newChat({ hexkey, parameters }: Context): Promise<Report> {
  const [hexkeyId = ''] = parameters;
  return whileConnected(hexkey, async (connection) =>
    opened(connection, await hexkey.chats.openDirect(hexkeyId), hexkey),
  );
}

/** A group with these people; its name is asked for, like everything people say to each other. */
export async function newGroup({ hexkey, parameters, terminal }: Context): Promise<Report> {
  const hexkeyIds = (parameters[0] ?? '').split(',').filter((id) => id !== '');
  const name = await terminal.ask('Name of the group:');
  return whileConnected(hexkey, async (connection) =>
    opened(connection, await hexkey.chats.createGroup(name, hexkeyIds), hexkey),
  );
}

/** Waits until messages can be sent: the group has to be made with everybody's keys, which somebody who was never here has none of. */
async function opened({ until }: Connection, chatId: string, { chats }: Context['hexkey']): Promise<Report> {
  await until(async () => (await chats.get(chatId)).obstacle === null);
  return chatReport({ chats }, chatId);
}

async function chatReport({ chats }: Pick<Context['hexkey'], 'chats'>, chatId: string): Promise<Report> {
  const chat = await chats.get(chatId);
  return { value: valueOfChat(chat), lines: sayChat(chat) };
}
