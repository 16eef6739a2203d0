import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HexkeyClient } from '../create-hexkey.ts';
import type { HexkeyDeps, SocketLink } from '../deps.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { linesOf, newPerson, say, until } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';
import { testConversations } from '../testing/test-conversations.ts';
import { testSocketLink } from '../testing/test-socket-link.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

/** Pages of one browser: one vault, one store, one lock on the socket, and a way to tell each other. */
function browser() {
  const shared = { vault: memoryVault(), ...testConversations(network.clock).deps };
  const inTurn = oneAtATime();
  const pages: (() => void)[] = [];
  const link = testSocketLink(network);
  const socket: SocketLink = {
    ...link,
    alone: (signal, work) => inTurn(async () => (signal.aborted ? undefined : work())),
  };
  return function tab(): HexkeyClient {
    let own = () => {};
    const otherPages: HexkeyDeps['otherPages'] = {
      tell() {
        for (const page of pages) if (page !== own) page();
      },
      listen(onTold) {
        const before = own;
        pages.splice(pages.indexOf(before), pages.includes(before) ? 1 : 0);
        own = () => {
          before();
          onTold();
        };
        pages.push(own);
      },
    };
    return testClient(network, { ...shared, socket, otherPages });
  };
}

test('any tab reads and writes; the one with the socket sends, and the next takes over when it closes', async () => {
  const bob = await newPerson(network);
  const tab = browser();
  const first = tab();
  await first.registerWithWords(first.newWords());
  await first.setPin(pinOf('271828'), noProgress);
  await first.settled();
  const closeFirst = first.teamHexkey.connect();
  await until(() => first.teamHexkey.connection === 'live');

  const second = tab();
  await second.start();
  const closeSecond = second.teamHexkey.connect();
  const chatId = await second.chats.openDirect(bob.hexkeyId);
  await second.chats.send(chatId, { kind: 'text', text: 'from the second' });
  await until(async () => (await linesOf(bob, chatId)).length === 1);
  expect(second.teamHexkey.connection).toBe('off');
  await say(bob, chatId, 'heard in both');
  const linesIn = async ({ chats }: HexkeyClient) =>
    (await chats.messages(chatId)).messages.map(({ content }) => content);
  for (const page of [first, second])
    await until(async () => JSON.stringify(await linesIn(page)).includes('heard in both'));

  // Written in a tab that closes at once: the next one sends it.
  await first.chats.send(chatId, { kind: 'text', text: 'last words' });
  closeFirst();
  await until(() => second.teamHexkey.connection === 'live');
  await until(async () => (await linesOf(bob, chatId)).includes('last words'));
  await say(bob, chatId, 'still heard');
  await until(async () => JSON.stringify(await linesIn(second)).includes('still heard'));
  closeSecond();
});
