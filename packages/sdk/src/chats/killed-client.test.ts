import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HexkeyClient } from '../create-hexkey.ts';
import { type ChatDevice, linesOf, newPerson, restarted, say, until } from '../testing/chat-people.ts';
import { type Mortality, mortality } from '../testing/mortal-conversations.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { testClient } from '../testing/test-client.ts';
import { testConversations } from '../testing/test-conversations.ts';
import { testSocketLink } from '../testing/test-socket-link.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
let [ada, bob]: ChatDevice[] = [];
let life: Mortality = mortality(Number.POSITIVE_INFINITY);
beforeAll(async () => {
  network = await startNetwork(2);
  const conversations = testConversations(network.clock, {
    chats: (store) => life.chats(store),
    groups: (store) => life.groups(store),
  });
  [ada, bob] = [await newPerson(network, {}, conversations), await newPerson(network)];
});
afterAll(() => network.stop());

const both = () => [ada, bob] as [ChatDevice, ChatDevice];

/** Ada's client dies after so many steps of something, and is started again. @returns whether it died before it was done */
async function dying(steps: number, work: (client: HexkeyClient) => Promise<unknown>): Promise<boolean> {
  const [before] = both();
  await before.disconnect();
  const doomed = mortality(steps);
  life = doomed;
  const client = testClient(network, {
    vault: before.vault,
    ...before.conversations.deps,
    socket: doomed.socket(testSocketLink(network)),
    fetch: doomed.fetch(fetch),
    reportBug: () => undefined,
  });
  await client.start();
  const end = client.teamHexkey.connect();
  await Promise.race([work(client), until(doomed.isDead)]);
  end();
  await until(() => doomed.isDead() || client.teamHexkey.connection === 'off');
  life = mortality(Number.POSITIVE_INFINITY);
  ada = await restarted(network, before);
  return doomed.isDead();
}

const timesOf = (lines: readonly string[], text: string) => lines.filter((line) => line === text).length;

test('a client killed between any two steps of a conversation loses nothing and says nothing twice', async () => {
  const [{ client }, peer] = both();
  const chatId = await client.chats.openDirect(peer.hexkeyId);
  await client.chats.send(chatId, { kind: 'text', text: 'hello' });
  await until(async () => (await linesOf(peer, chatId)).length === 1);
  for (let steps = 0, died = true; died; steps += 1) {
    network.clock.advance(1000);
    await say(peer, chatId, `to ada ${steps}`);
    let ordered = false;
    died = await dying(steps, async (doomed) => {
      await doomed.chats.send(chatId, { kind: 'text', text: `from ada ${steps}` });
      ordered = true;
      await until(async () => {
        const { messages } = await doomed.chats.messages(chatId);
        return messages.at(-1)?.state === 'sent' || messages.at(-1)?.state === 'delivered';
      });
    });
    const expected = ordered ? 1 : 0;
    for (const device of both()) {
      await until(async () => {
        const lines = await linesOf(device, chatId);
        return timesOf(lines, `to ada ${steps}`) === 1 && timesOf(lines, `from ada ${steps}`) >= expected;
      });
    }
  }
  // Behind the last message no repetition is on its way any more.
  const [survivor] = both();
  await say(survivor, chatId, 'the end');
  for (const device of both()) {
    await until(async () => (await linesOf(device, chatId)).includes('the end'));
    const lines = await linesOf(device, chatId);
    expect(lines.length).toBe(new Set(lines).size);
  }
});

test('a client killed between any two steps of making a group makes it once, or not at all', async () => {
  const [, peer] = both();
  for (let steps = 0, died = true; died; steps += 2) {
    const name = `Group ${steps}`;
    // Claiming key packages is limited.
    network.clock.advance(60 * 60_000);
    died = await dying(steps, async (doomed) => {
      const chatId = await doomed.chats.createGroup(name, [peer.hexkeyId]);
      await doomed.chats.send(chatId, { kind: 'text', text: 'made' });
    });
    const [{ client }] = both();
    const named = async (chats: HexkeyClient['chats']) =>
      (await chats.list()).filter((chat) => chat.name === name);
    const [made, ...more] = await named(client.chats);
    expect(more).toEqual([]);
    if (made === undefined) continue;
    await until(async () => (await client.chats.get(made.chatId)).obstacle === null);
    await until(async () => (await named(peer.client.chats)).length === 1);
    await client.chats.send(made.chatId, { kind: 'text', text: 'works' });
    await until(async () => (await linesOf(peer, made.chatId)).includes('works'));
  }
});
