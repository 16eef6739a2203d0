import { isDomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { vi } from 'vitest';
import type { Words } from '../account/words.ts';
import type { HexkeyClient } from '../create-hexkey.ts';
import type { HexkeyDeps, Socket } from '../deps.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import type { Vault } from '../storage/vault.ts';
import type { TestNetwork } from './network.ts';
import { noProgress, pinOf, testClient } from './test-client.ts';
import { type TestConversations, testConversations } from './test-conversations.ts';
import { testSocketLink } from './test-socket-link.ts';

/** A device with conversations. */
export interface ChatDevice {
  readonly client: HexkeyClient;
  readonly words: Words;
  readonly hexkeyId: string;
  readonly accountId: string;
  readonly vault: Vault;
  readonly conversations: TestConversations;
  /** Ends the connection and what lives on it. */
  disconnect(): Promise<void>;
  connect(): Promise<void>;
  /** The connection breaks; the client makes another one by itself. */
  drop(): Promise<void>;
}

/** One whose words are not at hand. */
export type ConnectedDevice = Omit<ChatDevice, 'words'>;

const pin = pinOf('271828');

/** Waits for what others do, at real sockets. */
export const until = (holds: () => boolean | Promise<boolean>) =>
  vi.waitUntil(holds, { timeout: 60_000, interval: 5 });

/** A device of a new account, connected. */
export async function newPerson(
  network: TestNetwork,
  given: Partial<HexkeyDeps> = {},
  conversations = testConversations(network.clock),
): Promise<ChatDevice> {
  const vault = memoryVault();
  const made = deviceClient(network, vault, conversations, given);
  const { client } = made;
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  return connected(made, { words, vault, conversations });
}

/** Another device of the same account, by its words. */
export async function anotherDevice(
  network: TestNetwork,
  { words }: Pick<ChatDevice, 'words'>,
  given: Partial<HexkeyDeps> = {},
  conversations = testConversations(network.clock),
): Promise<ChatDevice> {
  const vault = memoryVault();
  const made = deviceClient(network, vault, conversations, given);
  const { client } = made;
  await client.loginWithWords(words);
  await client.unlock(pin, noProgress);
  return connected(made, { words, vault, conversations });
}

/** A device of the account with a phone number, connected: of a new one, or of the one that has it. */
export async function deviceByPhone(
  network: TestNetwork,
  purpose: 'register' | 'login',
  phone: string,
): Promise<ConnectedDevice> {
  const [vault, conversations] = [memoryVault(), testConversations(network.clock)];
  const made = deviceClient(network, vault, conversations, {});
  const { client } = made;
  const { verificationId } = await client.requestPhoneCode(new Secret(phone), purpose, 'en');
  const code = new Secret(/[0-9]{4}/.exec(network.sent.at(-1)?.text.reveal() ?? '')?.[0] ?? '');
  if (purpose === 'register') {
    await client.registerWithPhone(verificationId, code);
    await client.setPin(pin, noProgress);
  } else {
    await client.loginWithPhone(verificationId, code);
    await client.unlock(pin, noProgress);
  }
  return connected(made, { vault, conversations });
}

/** The same installation, started anew. */
export async function restarted(
  network: TestNetwork,
  { vault, conversations, words }: ChatDevice,
  given: Partial<HexkeyDeps> = {},
): Promise<ChatDevice> {
  const made = deviceClient(network, vault, conversations, given);
  const { client } = made;
  await client.start();
  return connected(made, { words, vault, conversations });
}

function deviceClient(
  network: TestNetwork,
  vault: Vault,
  conversations: TestConversations,
  given: Partial<HexkeyDeps>,
): Connectable {
  const socket = testSocketLink(network);
  const client = testClient(network, { vault, socket, ...conversations.deps, ...given });
  return { client, sockets: socket.opened };
}

interface Connectable {
  readonly client: HexkeyClient;
  readonly sockets: readonly Socket[];
}

async function connected<K extends Pick<ChatDevice, 'vault' | 'conversations'>>(
  { client, sockets }: Connectable,
  kept: K,
): Promise<K & ConnectedDevice> {
  await client.settled();
  const { hexkeyId, accountId } = await client.account();
  let end = () => {};
  const device = {
    ...{ ...kept, client, hexkeyId, accountId },
    async connect() {
      end = client.teamHexkey.connect();
      await until(() => client.teamHexkey.connection === 'live');
      await client.settled();
    },
    async drop() {
      sockets.at(-1)?.close();
    },
    async disconnect() {
      end();
      await until(() => client.teamHexkey.connection === 'off');
      await client.settled();
    },
  };
  await device.connect();
  return device;
}

/** What is shown of a conversation, as texts and names of events; nothing of one that has not reached the device. */
export async function linesOf(
  { client }: Pick<ChatDevice, 'client'>,
  chatId: string,
): Promise<readonly string[]> {
  try {
    const { messages } = await client.chats.messages(chatId);
    return messages.map(({ content }) => (content.kind === 'text' ? content.text : `(${content.kind})`));
  } catch (error) {
    if (isDomainError(error, 'NotFound')) return [];
    throw error;
  }
}

/** Waits until a conversation says exactly this on every device. */
export async function untilAllSee(
  devices: readonly Pick<ChatDevice, 'client'>[],
  chatId: string,
  lines: readonly string[],
): Promise<void> {
  for (const device of devices)
    await until(async () => JSON.stringify(await linesOf(device, chatId)) === JSON.stringify(lines)).catch(
      async (error: unknown) => {
        throw new Error(`shows ${JSON.stringify(await linesOf(device, chatId))}`, { cause: error });
      },
    );
}

export const say = ({ client }: Pick<ChatDevice, 'client'>, chatId: string, text: string) =>
  client.chats.send(chatId, { kind: 'text', text });
