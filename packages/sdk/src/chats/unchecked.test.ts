import { type AnswerOf, routes } from '@hexkey/contract';
import { fromBase64url, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { anotherDevice, linesOf, newPerson, say, until } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

type Garble = (groupInfo: Uint8Array) => Uint8Array;
const unreadable: Garble = () => new Uint8Array(64).fill(7);
/** All of it is there; nobody of the conversation has signed it. */
const unsigned: Garble = (groupInfo) => groupInfo.with(-1, (groupInfo.at(-1) as number) ^ 1);

/** A server that shows something else in the place of what a conversation is. */
function garbling() {
  const server: { garble: Garble | null; shown: number } = { garble: unreadable, shown: 0 };
  const garbled: Fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (server.garble === null || !response.ok || !url.includes(routes.getGroupInfo.path)) return response;
    server.shown += 1;
    const answer = (await response.json()) as AnswerOf<typeof routes.getGroupInfo>;
    return Response.json({
      ...answer,
      groupInfo: toBase64url(server.garble(fromBase64url(answer.groupInfo))),
    });
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
  await second.disconnect();
  const { shown } = server;
  server.garble = unsigned;
  await second.connect();
  await until(() => server.shown > shown);
  await until(async () => (await obstacle()) === 'unchecked');
  server.garble = null;
  await second.disconnect();
  await second.connect();
  await until(async () => (await obstacle()) === null);
  await say(second, chatId, 'to you');
  await until(async () => (await linesOf(bob, chatId)).at(-1) === 'to you');
});
