import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  anotherDevice,
  type ChatDevice,
  newPerson,
  say,
  until,
  untilAllSee,
} from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

const asks = async ({ client }: ChatDevice, chatId: string) => (await client.chats.get(chatId)).isRequest;
/** What was said is there before the server has said who that is. */
const shown = ({ client }: ChatDevice, chatId: string) =>
  until(async () =>
    (await client.chats.list()).some((chat) => chat.chatId === chatId && chat.peer?.person !== null),
  );
/** How many messages the server has taken. */
const sent = async () => (await network.database.db.selectFrom('sent_ids').selectAll().execute()).length;
const stateOf = async ({ client }: ChatDevice, chatId: string, place: number) =>
  (await client.chats.messages(chatId)).messages[place]?.state;

test('a stranger asks until the owner accepts, on any device, and does not learn what was read before', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const bobToo = await anotherDevice(network, bob);
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'one');
  await untilAllSee([bob, bobToo], chatId, ['one']);
  await Promise.all([bob, bobToo].map((device) => shown(device, chatId)));
  for (const device of [bob, bobToo]) expect(await asks(device, chatId)).toBe(true);
  expect(await asks(ada, chatId)).toBe(false);
  const before = await sent();
  await bob.client.chats.markRead(chatId);
  expect((await bob.client.chats.get(chatId)).unread).toBe(0);
  await say(ada, chatId, 'two');
  await untilAllSee([bob], chatId, ['one', 'two']);
  expect(await sent()).toBe(before + 1);
  expect(await stateOf(ada, chatId, 0)).toBe('delivered');

  await bob.client.chats.accept(chatId);
  expect(await asks(bob, chatId)).toBe(false);
  await until(async () => !(await asks(bobToo, chatId)));
  // What had been read by then is told now, and nothing else.
  await until(async () => (await stateOf(ada, chatId, 0)) === 'read');
  expect(await stateOf(ada, chatId, 1)).toBe('delivered');
  await bob.client.chats.markRead(chatId);
  await until(async () => (await stateOf(ada, chatId, 1)) === 'read');

  // One that comes later is in what was accepted.
  const bobLater = await anotherDevice(network, bob);
  await until(async () => (await bobLater.client.chats.list()).some((chat) => chat.obstacle === null));
  await say(ada, chatId, 'three');
  await untilAllSee([bobLater], chatId, ['(history-begins)', 'three']);
  expect(await asks(bobLater, chatId)).toBe(false);
});

test('a contact does not ask, and an answer that waits for a connection is one already', async () => {
  const [ada, bob, eve] = [await newPerson(network), await newPerson(network), await newPerson(network)];
  await bob.client.people.add(ada.hexkeyId);
  const withAda = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, withAda, 'it is me');
  await untilAllSee([bob], withAda, ['it is me']);
  await shown(bob, withAda);
  expect(await asks(bob, withAda)).toBe(false);

  const withEve = await eve.client.chats.openDirect(bob.hexkeyId);
  await say(eve, withEve, 'you do not know me');
  await untilAllSee([bob], withEve, ['you do not know me']);
  await shown(bob, withEve);
  expect(await asks(bob, withEve)).toBe(true);
  await bob.disconnect();
  await bob.client.chats.send(withEve, { kind: 'text', text: 'now I do' });
  expect(await asks(bob, withEve)).toBe(false);
  await bob.connect();
  await untilAllSee([eve, bob], withEve, ['you do not know me', 'now I do']);
  expect(await asks(bob, withEve)).toBe(false);
});

test('who is blocked is not accepted', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'buy this');
  await untilAllSee([bob], chatId, ['buy this']);
  await shown(bob, chatId);
  await bob.client.people.block(ada.hexkeyId);
  await until(async () => (await bob.client.chats.get(chatId)).obstacle === 'blocked');
  await expect(bob.client.chats.accept(chatId)).rejects.toMatchObject({ name: 'ChatClosed' });
  expect(await asks(bob, chatId)).toBe(true);
});
