import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ChatDevice, linesOf, newPerson, say, until } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const day = 24 * 60 * 60_000;

let network: TestNetwork;
let [ada, bob, eve]: ChatDevice[] = [];
beforeAll(async () => {
  network = await startNetwork(2);
  [ada, bob, eve] = [await newPerson(network), await newPerson(network), await newPerson(network)];
});
afterAll(() => network.stop());

const people = () => [ada, bob, eve] as [ChatDevice, ChatDevice, ChatDevice];

/** A group whose epoch goes on while Bob is away, until nothing of that waits for him any more. */
async function longAway(name: string): Promise<string> {
  const [owner, away, other] = people();
  // Its key packages are 28 days old at most.
  await other.disconnect();
  await other.connect();
  const chatId = await owner.client.chats.createGroup(name, [away.hexkeyId]);
  await until(async () => (await linesOf(away, chatId)).length > 0);
  await away.disconnect();
  await owner.client.chats.addMembers(chatId, [other.hexkeyId]);
  await until(async () => (await linesOf(other, chatId)).length > 0);
  network.clock.advance(31 * day);
  return chatId;
}

test('a device that was away for longer than anything waits for it joins anew with the first thing it cannot follow', async () => {
  const chatId = await longAway('Heard of');
  const [owner, away] = people();
  await say(owner, chatId, 'welcome back');
  await until(async () => (await owner.client.chats.messages(chatId)).messages.at(-1)?.state === 'sent');
  await away.connect();
  await until(async () => (await linesOf(away, chatId)).includes('(history-begins)'));
  await say(owner, chatId, 'and now?');
  await until(async () => (await linesOf(away, chatId)).includes('and now?'));
});

test('and when nothing comes, with the server’s epoch, as soon as the server says that nothing more waits for it', async () => {
  const chatId = await longAway('Silent');
  const [owner, away] = people();
  await away.connect();
  await say(away, chatId, 'anybody here?');
  await until(async () => (await linesOf(owner, chatId)).includes('anybody here?'));
  expect(await linesOf(away, chatId)).toContain('(history-begins)');
});
