import { type AnswerOf, routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { anotherDevice, linesOf, newPerson, say, until } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

/** A server that shows something unreadable in the place of what a conversation is. */
function garbling() {
  const server = { isGarbling: true };
  const garbled: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (!server.isGarbling || !response.ok || !url.includes(routes.getGroupInfo.path)) return response;
    const answer = (await response.json()) as AnswerOf<typeof routes.getGroupInfo>;
    return Response.json({ ...answer, groupInfo: toBase64url(new Uint8Array(64).fill(7)) });
  };
  return { server, garbled };
}

test('a device that cannot check who is in a conversation stays out and says so, and comes in with a later connection', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'hello');
  await until(async () => (await linesOf(bob, chatId)).includes('hello'));
  // Nobody of her own is there who would bring it in.
  await ada.disconnect();
  const { server, garbled } = garbling();
  const second = await anotherDevice(network, ada, { fetch: garbled });
  const obstacle = async () => (await second.client.chats.get(chatId)).obstacle;
  await until(async () => (await obstacle()) === 'unchecked');
  await expect(say(second, chatId, 'to whom?')).rejects.toMatchObject({
    name: 'ChatClosed',
    details: { obstacle: 'unchecked' },
  });
  server.isGarbling = false;
  await second.disconnect();
  await second.connect();
  await until(async () => (await obstacle()) === null);
  await say(second, chatId, 'to you');
  await until(async () => (await linesOf(bob, chatId)).at(-1) === 'to you');
});
