import type { GroupCrypto } from '@hexkey/group-crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  anotherDevice,
  type ChatDevice,
  deviceByPhone,
  linesOf,
  newPerson,
  say,
  until,
  untilAllSee,
} from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { pinOf } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

test('who lost every device is back in all conversations after words and PIN, with the same safety number', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const direct = await ada.client.chats.openDirect(bob.hexkeyId);
  const group = await ada.client.chats.createGroup('Climbing', [bob.hexkeyId]);
  await say(ada, direct, 'before');
  await untilAllSee([bob], direct, ['before']);
  const { digits } = await bob.client.chats.safetyNumber(direct);
  await ada.disconnect();
  // Said while there is no device to hear it.
  await say(bob, direct, 'where are you?');

  const back = await anotherDevice(network, ada);
  await untilAllSee([back], direct, ['(history-begins)']);
  await until(async () => (await back.client.chats.get(group)).obstacle === null);
  await say(bob, direct, 'there you are');
  await untilAllSee([back], direct, ['(history-begins)', 'there you are']);
  await say(back, direct, 'here I am');
  await untilAllSee([back], direct, ['(history-begins)', 'there you are', 'here I am']);
  await untilAllSee([bob], direct, ['before', 'where are you?', 'there you are', 'here I am']);
  await until(async () => (await back.client.chats.get(group)).name === 'Climbing');
  expect(await bob.client.chats.safetyNumber(direct)).toMatchObject({ digits, state: 'unverified' });
  expect(await back.client.chats.safetyNumber(direct)).toMatchObject({ digits });

  // The other loses every device too. The owner's lost one is still the first of the group, and cannot tell its name.
  await bob.disconnect();
  const bobsNext = await anotherDevice(network, bob);
  await until(async () => (await bobsNext.client.chats.get(group)).name === 'Climbing');

  // The lost device is ended for the PIN: its leaf leaves the conversations, whoever of the others is first.
  await back.client.endOtherDevices(pinOf('271828'));
  await back.client.settled();
  const leaves = async () => (await cryptoOf(back).members(direct)).length;
  await until(async () => (await leaves()) === 3);
  await until(async () => (await cryptoOf(back).members(group)).length === 3);
  await say(back, direct, 'only for us');
  await until(async () => (await linesOf(bobsNext, direct)).includes('only for us'));
});

test('who lost every device is back by phone number and PIN alone, with the same safety number', async () => {
  const ada = await deviceByPhone(network, 'register', '+12025550187');
  const bob = await newPerson(network);
  const chatId = await bob.client.chats.openDirect(ada.hexkeyId);
  await say(bob, chatId, 'before');
  await untilAllSee([ada], chatId, ['before']);
  await until(async () => (await ada.client.chats.list()).length === 1);
  const { code, digits } = await ada.client.chats.safetyNumber(chatId);
  expect(await bob.client.chats.compareSafetyCode(chatId, code)).toBe(true);
  await ada.disconnect();

  const back = await deviceByPhone(network, 'login', '+12025550187');
  expect(back.accountId).toBe(ada.accountId);
  await untilAllSee([back], chatId, ['(history-begins)']);
  await say(bob, chatId, 'there you are');
  await untilAllSee([back], chatId, ['(history-begins)', 'there you are']);
  await say(back, chatId, 'here I am');
  await until(async () => (await linesOf(bob, chatId)).at(-1) === 'here I am');
  expect(await back.client.chats.safetyNumber(chatId)).toMatchObject({ digits });
  // Nobody has to look at anything again.
  expect(await bob.client.chats.safetyNumber(chatId)).toMatchObject({ digits, state: 'verified' });
});

/** What the running client has open. */
function cryptoOf({ conversations }: ChatDevice): GroupCrypto {
  return conversations.opened.at(-1) as GroupCrypto;
}

test('two compare a code and are verified; a code of somebody else is not', async () => {
  const [ada, bob, eve] = [await newPerson(network), await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  const other = await ada.client.chats.openDirect(eve.hexkeyId);
  await say(ada, chatId, 'hello');
  await untilAllSee([bob], chatId, ['hello']);
  const ofBob = await bob.client.chats.safetyNumber(chatId);
  const ofAda = await ada.client.chats.safetyNumber(chatId);
  expect(ofBob.digits).toBe(ofAda.digits);
  expect(await ada.client.chats.compareSafetyCode(other, ofBob.code)).toBe(false);
  expect(await ada.client.chats.compareSafetyCode(chatId, ofBob.code)).toBe(true);
  expect(await ada.client.chats.safetyNumber(chatId)).toMatchObject({ state: 'verified' });
});
