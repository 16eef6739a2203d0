import { routes } from '@hexkey/contract';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { anotherDevice, linesOf, newPerson, say, until, untilAllSee } from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

test('two people write to each other, and each sees how far the own messages have come', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  expect(await ada.client.chats.get(chatId)).toMatchObject({
    kind: 'direct',
    obstacle: null,
    peer: { accountId: bob.accountId, person: { hexkeyId: bob.hexkeyId } },
  });
  // Nothing was said yet: the other side is not bothered.
  expect(await bob.client.chats.list()).toEqual([]);
  await say(ada, chatId, 'hello');
  await until(async () => (await bob.client.chats.list()).length === 1);
  await untilAllSee([ada, bob], chatId, ['hello']);
  await say(bob, chatId, 'hello yourself');
  await untilAllSee([ada, bob], chatId, ['hello', 'hello yourself']);
  const stateOfFirst = async () => (await ada.client.chats.messages(chatId)).messages[0]?.state;
  await until(async () => (await stateOfFirst()) === 'delivered');
  expect((await bob.client.chats.get(chatId)).unread).toBe(1);
  await bob.client.chats.markRead(chatId);
  await until(async () => (await stateOfFirst()) === 'read');
  expect((await bob.client.chats.get(chatId)).unread).toBe(0);
  expect(await linesOf(bob, chatId)).toEqual(['hello', 'hello yourself']);
});

test('both devices of an account have the conversation, and what one of them sends and reads', async () => {
  const ada = await newPerson(network);
  const adaToo = await anotherDevice(network, ada);
  const bob = await newPerson(network);
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'from the first');
  await untilAllSee([ada, adaToo, bob], chatId, ['from the first']);
  await say(adaToo, chatId, 'from the second');
  await say(bob, chatId, 'to both');
  await untilAllSee([ada, adaToo, bob], chatId, ['from the first', 'from the second', 'to both']);
  await until(async () => (await adaToo.client.chats.get(chatId)).unread === 1);
  await ada.client.chats.markRead(chatId);
  await until(async () => (await adaToo.client.chats.get(chatId)).unread === 0);
});

test('what was said while a device was away for a day is there when it comes back, in order and once', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, '1');
  await untilAllSee([bob], chatId, ['1']);
  await bob.disconnect();
  await say(bob, chatId, 'said offline');
  for (const text of ['2', '3', '4']) await say(ada, chatId, text);
  await untilAllSee([ada], chatId, ['1', '2', '3', '4']);
  network.clock.advance(24 * 60 * 60_000);
  await bob.connect();
  await untilAllSee([ada, bob], chatId, ['1', '2', '3', '4', 'said offline']);
});

test('two who open the conversation in the same moment end up in one', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const [ofAda, ofBob] = await Promise.all([
    ada.client.chats.openDirect(bob.hexkeyId),
    bob.client.chats.openDirect(ada.hexkeyId),
  ]);
  expect(ofAda).toBe(ofBob);
  await say(ada, ofAda, 'one');
  await untilAllSee([ada, bob], ofAda, ['one']);
  await say(bob, ofAda, 'two');
  await untilAllSee([ada, bob], ofAda, ['one', 'two']);
  expect(await ada.client.chats.list()).toHaveLength(1);
  expect(await bob.client.chats.list()).toHaveLength(1);
});

test('a reaction, an answer, a deletion and typing reach the other side', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  const id = await say(ada, chatId, 'shall we meet?');
  await untilAllSee([ada, bob], chatId, ['shall we meet?']);
  await bob.client.chats.send(chatId, { kind: 'text', text: 'yes', replyTo: id });
  await bob.client.chats.react(chatId, id, '👍');
  const seenByAda = async () => (await ada.client.chats.messages(chatId)).messages;
  await until(async () => (await seenByAda())[0]?.reactions.length === 1);
  expect(await seenByAda()).toMatchObject([
    { reactions: [{ emoji: '👍', who: [{ accountId: bob.accountId }] }] },
    { content: { text: 'yes' }, replyTo: { id, excerpt: 'shall we meet?' } },
  ]);
  bob.client.chats.noteTyping(chatId);
  await until(() => ada.client.chats.typing(chatId).length === 1);
  await ada.client.chats.deleteForEveryone(chatId, id);
  await untilAllSee([ada, bob], chatId, ['(deleted)', 'yes']);
  const own = (await bob.client.chats.messages(chatId)).messages[0]?.id as string;
  await expect(bob.client.chats.deleteForEveryone(chatId, own)).rejects.toMatchObject({ name: 'Forbidden' });
});

test('a text is changed for both within 15 minutes and no later, and is said again in another conversation', async () => {
  const [ada, bob, eve] = [await newPerson(network), await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  const id = await say(ada, chatId, 'at noon');
  await untilAllSee([ada, bob], chatId, ['at noon']);
  await bob.client.chats.send(chatId, { kind: 'text', text: 'fine', replyTo: id });
  await expect(bob.client.chats.edit(chatId, id, 'never')).rejects.toMatchObject({ name: 'Forbidden' });
  await ada.client.chats.edit(chatId, id, 'at one');
  await untilAllSee([ada, bob], chatId, ['at one', 'fine']);
  const seenByBob = (await bob.client.chats.messages(chatId)).messages;
  expect(seenByBob).toMatchObject([{ isEdited: true }, { isEdited: false, replyTo: { excerpt: 'at one' } }]);
  expect((await bob.client.chats.get(chatId)).unread).toBe(1);
  // Before it went out: the message and its change leave together.
  await ada.disconnect();
  const waiting = await say(ada, chatId, 'see you');
  await ada.client.chats.edit(chatId, waiting, 'see you there');
  await untilAllSee([ada], chatId, ['at one', 'fine', 'see you there']);
  await ada.connect();
  await untilAllSee([ada, bob], chatId, ['at one', 'fine', 'see you there']);
  const other = await bob.client.chats.openDirect(eve.hexkeyId);
  await bob.client.chats.forward(chatId, id, [other]);
  await untilAllSee([bob, eve], other, ['at one']);
  const [there] = (await eve.client.chats.messages(other)).messages;
  expect(there).toMatchObject({ content: { forwarded: true }, replyTo: null, isEdited: false });
  // In all of them or in none.
  const nowhere = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
  await expect(bob.client.chats.forward(chatId, id, [other, nowhere])).rejects.toMatchObject({
    name: 'NotFound',
  });
  expect(await linesOf(bob, other)).toEqual(['at one']);
  network.clock.advance(16 * 60_000);
  await expect(ada.client.chats.edit(chatId, id, 'late')).rejects.toMatchObject({ name: 'EditTooLate' });
});

test('messages disappear from both sides: from the writer’s after they were sent, from the reader’s after they were read', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'stays');
  await ada.client.chats.setTimer(chatId, 30);
  // Ordered in one go: what is said behind the timer already has it.
  await say(ada, chatId, 'goes');
  const both = ['stays', '(timer)', 'goes'];
  await untilAllSee([ada, bob], chatId, both);
  await until(async () => (await bob.client.chats.get(chatId)).timerSeconds === 30);
  expect((await bob.client.chats.messages(chatId)).messages.map(({ lastsSeconds }) => lastsSeconds)).toEqual([
    null,
    null,
    30,
  ]);
  const bobs = await say(bob, chatId, 'goes too');
  await untilAllSee([ada, bob], chatId, [...both, 'goes too']);
  network.clock.advance(31_000);
  // Both have their own gone, and what they have not read is there.
  await untilAllSee([ada], chatId, ['stays', '(timer)', 'goes too']);
  await untilAllSee([bob], chatId, both);
  expect((await ada.client.chats.get(chatId)).last?.id).toBe(bobs);
  await ada.client.chats.markRead(chatId);
  await bob.client.chats.markRead(chatId);
  network.clock.advance(29_000);
  await untilAllSee([bob], chatId, both);
  network.clock.advance(2_000);
  await untilAllSee([ada, bob], chatId, ['stays', '(timer)']);
  expect((await ada.client.chats.list())[0]?.last?.content.kind).toBe('timer');
  await expect(ada.client.chats.setTimer(chatId, 31)).rejects.toMatchObject({ name: 'InvalidField' });
});

test('messages are searched on this device, in one conversation or all, newest first', async () => {
  const [ada, bob, eve] = [await newPerson(network), await newPerson(network), await newPerson(network)];
  const [first, second] = [
    await ada.client.chats.openDirect(bob.hexkeyId),
    await ada.client.chats.openDirect(eve.hexkeyId),
  ];
  const found = async (text: string, within?: string) =>
    (await ada.client.chats.search(text, within)).map(({ content, chatId }) => [
      chatId,
      content.kind === 'text' && content.text,
    ]);
  await say(ada, first, 'The blue door');
  await untilAllSee([ada, bob], first, ['The blue door']);
  // Times rise within a conversation, not from one to the other.
  network.clock.advance(1000);
  await say(ada, second, 'door, blue');
  await untilAllSee([ada, eve], second, ['door, blue']);
  network.clock.advance(1000);
  await say(bob, first, 'a red door');
  await untilAllSee([ada, bob], first, ['The blue door', 'a red door']);
  expect(await found('DOOR blue')).toEqual([
    [second, 'door, blue'],
    [first, 'The blue door'],
  ]);
  expect(await found('door', first)).toEqual([
    [first, 'a red door'],
    [first, 'The blue door'],
  ]);
  expect(await found('  ')).toEqual([]);
  await ada.client.chats.clear(first);
  expect(await found('door')).toEqual([[second, 'door, blue']]);
});

test('without read receipts the other side does not learn what was read', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  await bob.client.chats.setReadReceipts(false);
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'hello');
  await untilAllSee([bob], chatId, ['hello']);
  await until(async () => (await bob.client.chats.list()).length === 1);
  await bob.client.chats.markRead(chatId);
  expect((await bob.client.chats.get(chatId)).unread).toBe(0);
  await say(bob, chatId, 'later');
  await untilAllSee([ada], chatId, ['hello', 'later']);
  expect((await ada.client.chats.messages(chatId)).messages[0]?.state).toBe('delivered');
});

test('read marks that were ordered before read receipts were turned off do not go out', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'hello');
  await untilAllSee([bob], chatId, ['hello']);
  await until(async () => (await ada.client.chats.messages(chatId)).messages[0]?.state === 'delivered');
  await bob.disconnect();
  await bob.client.chats.markRead(chatId);
  await bob.client.chats.setReadReceipts(false);
  await bob.connect();
  await say(bob, chatId, 'behind the mark');
  await untilAllSee([ada], chatId, ['hello', 'behind the mark']);
  expect((await ada.client.chats.messages(chatId)).messages[0]?.state).toBe('delivered');
});

test('a person who never made a device list, oneself and Team Hexkey are no partners', async () => {
  const ada = await newPerson(network);
  const silent = testClient(network);
  await silent.registerWithWords(silent.newWords());
  await silent.setPin(pinOf('271828'), noProgress);
  const { hexkeyId } = await silent.account();
  await expect(ada.client.chats.openDirect(hexkeyId)).rejects.toMatchObject({ name: 'NoDeviceToReach' });
  await expect(ada.client.chats.openDirect(ada.hexkeyId)).rejects.toMatchObject({ name: 'NotAPerson' });
  await expect(ada.client.chats.openDirect('7000')).rejects.toMatchObject({ name: 'NotAPerson' });
  await expect(ada.client.chats.openDirect('999999999')).rejects.toMatchObject({ name: 'NotFound' });
});

test('nothing is sent to somebody who is blocked, until they are not', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await ada.client.people.block(bob.hexkeyId);
  await until(async () => (await ada.client.chats.get(chatId)).obstacle === 'blocked');
  await expect(say(ada, chatId, 'hello')).rejects.toMatchObject({ details: { obstacle: 'blocked' } });
  await ada.client.people.unblock(bob.hexkeyId);
  await until(async () => (await ada.client.chats.get(chatId)).obstacle === null);
  await say(ada, chatId, 'hello again');
  await untilAllSee([bob], chatId, ['hello again']);
});

test('what was ordered before they were blocked, or is sent again, does not go out to them until they are not', async () => {
  const [ada, bob, eve] = [await newPerson(network), await newPerson(network), await newPerson(network)];
  const { chats, people } = ada.client;
  const chatId = await chats.openDirect(bob.hexkeyId);
  const other = await chats.openDirect(eve.hexkeyId);
  await ada.disconnect();
  const id = await say(ada, chatId, 'written offline');
  await people.block(bob.hexkeyId);
  await until(async () => (await chats.get(chatId)).obstacle === 'blocked');
  await expect(chats.resend(chatId, id)).rejects.toMatchObject({ details: { obstacle: 'blocked' } });
  await ada.connect();
  // Whatever was to go out before these has gone out.
  for (const text of ['one', 'two']) {
    await say(ada, other, text);
    await until(async () => (await linesOf(eve, other)).at(-1) === text);
  }
  expect((await chats.messages(chatId)).messages.map(({ state }) => state)).toEqual(['waiting']);
  await people.unblock(bob.hexkeyId);
  await untilAllSee([bob], chatId, ['written offline']);
});

test('the card of a payment is said once however often it is sent, and is the same on both sides', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'before');
  await untilAllSee([ada, bob], chatId, ['before']);
  const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
  const card = {
    signature: 'S'.repeat(88),
    mint: null,
    amount: '1',
    symbol: 'SOL',
    decimals: 9,
    memo: 'tea',
  };
  const sent = { kind: 'transfer', id, ...card } as const;
  // Twice before it goes out, and once more when it is there.
  await ada.disconnect();
  expect(await ada.client.chats.send(chatId, sent)).toBe(id);
  await ada.client.chats.send(chatId, sent);
  const seenBy = async (person: typeof ada) =>
    (await person.client.chats.messages(chatId)).messages.filter(
      ({ content }) => content.kind === 'transfer',
    );
  expect(await seenBy(ada)).toMatchObject([{ id, state: 'waiting' }]);
  await ada.connect();
  await until(async () => (await seenBy(bob)).length === 1);
  await until(async () => (await seenBy(ada))[0]?.state === 'delivered');
  await ada.client.chats.send(chatId, sent);
  await say(ada, chatId, 'afterwards');
  await untilAllSee([ada, bob], chatId, ['before', '(transfer)', 'afterwards']);
  for (const person of [ada, bob])
    expect(await seenBy(person)).toMatchObject([{ id, content: { kind: 'transfer', ...card } }]);
  expect((await bob.client.chats.get(chatId)).unread).toBe(3);
});

test('who is blocked while an answer from before is on its way stays blocked', async () => {
  let gate: Promise<void> | null = null;
  let [isAsked, isOpen, later] = [false, false, 0];
  const slow: Fetch = async (url, init) => {
    if (isOpen) later += 1;
    const response = await fetch(url, init);
    if (url.includes(routes.listPeopleOfGroups.path) && gate !== null) {
      isAsked = true;
      await gate;
    }
    return response;
  };
  const cara = await newPerson(network, { fetch: slow });
  const bob = await newPerson(network);
  const chatId = await cara.client.chats.openDirect(bob.hexkeyId);
  await until(async () => (await cara.client.chats.get(chatId)).peer?.person !== null);
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  await cara.drop();
  await until(() => isAsked);
  await cara.client.people.block(bob.hexkeyId);
  await until(async () => (await cara.client.chats.get(chatId)).obstacle === 'blocked');
  isOpen = true;
  open();
  // Devices are asked for once people are done with.
  await until(() => later > 0);
  expect((await cara.client.chats.get(chatId)).obstacle).toBe('blocked');
});
