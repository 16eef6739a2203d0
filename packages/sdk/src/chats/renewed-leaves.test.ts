import { webcrypto } from 'node:crypto';
import type { GroupCrypto } from '@hexkey/group-crypto';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newUuid } from '../new-uuid.ts';
import type { Engine } from '../storage/engine.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import type { Vault } from '../storage/vault.ts';
import {
  anotherDevice,
  type ChatDevice,
  linesOf,
  newPerson,
  say,
  until,
  untilAllSee,
} from '../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf } from '../testing/test-client.ts';
import { placeOrder, type Task } from './state/order-record.ts';
import { openChatBook } from './store/chat-book.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const [pin, newPin] = [pinOf('271828'), pinOf('161803')];

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

/** A vault that loses what the AIK of now says of the next one. */
function forgetful(): Vault {
  const vault = memoryVault();
  return {
    ...vault,
    changeIdentityBook: (accountId, change) =>
      vault.changeIdentityBook(accountId, (book) => ({ ...change(book), handover: null })),
  };
}

/** Somebody knew the PIN, and the handover is lost: another AIK, for which nobody vouches. */
async function changeCode({ client }: ChatDevice, from = pin, to = newPin): Promise<void> {
  await client.changePin(from, to, noProgress, { someoneKnew: true });
  await client.settled();
}

async function reconnect(device: ChatDevice): Promise<void> {
  await device.disconnect();
  await device.connect();
}

const obstacleOf = async ({ client }: ChatDevice, chatId: string) =>
  (await client.chats.get(chatId)).obstacle;

test('after a changed code nobody vouches for, conversations speak again: at once where nobody was verified, after a look where somebody was', async () => {
  const bob = await newPerson(network, { vault: forgetful() });
  const [ada, carol] = [await newPerson(network), await newPerson(network)];
  // Bob owns the group: its other members are no admins.
  const group = await bob.client.chats.createGroup('Climbing', [ada.hexkeyId, carol.hexkeyId]);
  const [direct, verified] = [
    await ada.client.chats.openDirect(bob.hexkeyId),
    await carol.client.chats.openDirect(bob.hexkeyId),
  ];
  await say(ada, direct, 'hello');
  await say(carol, verified, 'hello');
  await untilAllSee([bob], direct, ['hello']);
  await untilAllSee([bob], verified, ['hello']);
  // What was said may be here before it is known with whom.
  await until(async () => (await bob.client.chats.list()).some(({ chatId }) => chatId === verified));
  const { code } = await bob.client.chats.safetyNumber(verified);
  expect(await carol.client.chats.compareSafetyCode(verified, code)).toBe(true);
  await until(async () => (await linesOf(carol, group)).length > 0);
  await ada.disconnect();
  network.clock.advance(1000);
  const epoch = await cryptoOf(bob).epoch(verified);
  await changeCode(bob);

  await reconnect(carol);
  await until(async () => (await obstacleOf(carol, group)) === 'security-code-changed');
  expect(await carol.client.chats.get(group)).toMatchObject({ changed: { accountId: bob.accountId } });
  expect(await obstacleOf(carol, verified)).toBe('security-code-changed');
  await expect(say(carol, group, 'for whom?')).rejects.toMatchObject({
    details: { obstacle: 'security-code-changed' },
  });

  await ada.connect();
  await until(async () => (await linesOf(ada, direct)).includes('(security-code-changed)'));
  network.clock.advance(1000);
  await say(ada, direct, 'to the new code');
  await untilAllSee([bob], direct, ['hello', 'to the new code']);
  await say(ada, group, 'to all of the new code');
  await until(async () => (await linesOf(bob, group)).includes('to all of the new code'));
  expect(await linesOf(bob, group)).not.toContain('(removed)');
  expect((await bob.client.chats.group(group)).ownRole).toBe('owner');
  await say(bob, group, 'still mine');
  await until(async () => (await linesOf(ada, group)).includes('still mine'));

  // The owner of that device has looked at nothing yet.
  expect(await obstacleOf(carol, group)).toBe('security-code-changed');
  await carol.client.settled();
  expect(await cryptoOf(bob).epoch(verified)).toBe(epoch);
  const shown = await carol.client.chats.safetyNumber(group);
  expect(shown).toMatchObject({ peer: { accountId: bob.accountId }, state: 'changed' });
  expect(await carol.client.chats.acceptSecurityCode(group, code)).toBe(false);
  expect(await carol.client.chats.acceptSecurityCode(group, shown.code)).toBe(true);
  await until(async () => (await obstacleOf(carol, group)) === null);
  await say(carol, group, 'I have looked');
  await until(async () => (await linesOf(bob, group)).includes('I have looked'));
  await say(carol, verified, 'and here');
  await untilAllSee([bob], verified, ['hello', 'and here']);
});

test('a new device under another code does not break in: it says what it waits for, and is let in by the other side', async () => {
  const bob = await newPerson(network, { vault: forgetful() });
  const ada = await newPerson(network);
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'hello');
  await untilAllSee([bob], chatId, ['hello']);
  await bob.disconnect();
  await changeCode(bob);
  // The next device types the PIN that everybody has here.
  await changeCode(bob, newPin, pin);
  const back = await anotherDevice(network, bob);
  await until(async () => (await obstacleOf(back, chatId)) === 'awaiting-readd');
  await expect(say(back, chatId, 'let me in')).rejects.toMatchObject({
    details: { obstacle: 'awaiting-readd' },
  });
  await reconnect(ada);
  await until(async () => (await obstacleOf(back, chatId)) === null);
  expect(await linesOf(back, chatId)).toEqual(['(history-begins)']);
  await say(back, chatId, 'there I am');
  await until(async () => (await linesOf(ada, chatId)).at(-1) === 'there I am');
});

test('the last leaf of an account stays when its device is ended, and its next device comes in by it', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.createGroup('Climbing', [bob.hexkeyId]);
  await until(async () => (await linesOf(bob, chatId)).length > 0);
  const backup = await bob.client.recoveryKit.openWords(pin);
  await backup.confirm(bob.words);
  await bob.client.logOut(pin);
  await reconnect(ada);
  // Whatever a connection makes of ended devices is done before what is said over it.
  await ada.client.settled();
  await say(ada, chatId, 'are you there?');
  await until(async () => (await ada.client.chats.messages(chatId)).messages.at(-1)?.state === 'sent');
  expect((await ada.client.chats.group(chatId)).members).toHaveLength(2);
  expect(await cryptoOf(ada).members(chatId)).toHaveLength(2);
  const back = await anotherDevice(network, bob);
  await until(async () => (await obstacleOf(back, chatId)) === null);
  await say(back, chatId, 'again');
  await until(async () => (await linesOf(ada, chatId)).includes('again'));
  await until(async () => (await cryptoOf(ada).members(chatId)).length === 2);
});

test('the other of a pair of whom no leaf is left cannot come in, and is let in by this side', async () => {
  const [ada, bob] = [await newPerson(network), await newPerson(network)];
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'hello');
  await untilAllSee([bob], chatId, ['hello']);
  await ada.disconnect();
  // No screen orders this; a device of another make may.
  await orderIn(ada, chatId, { kind: 'remove', accountId: bob.accountId });
  const epoch = (await cryptoOf(bob).epoch(chatId)) ?? 0;
  await ada.connect();
  await until(async () => ((await cryptoOf(ada).epoch(chatId)) ?? 0) > epoch);
  await reconnect(bob);
  await reconnect(ada);
  await until(async () => (await obstacleOf(bob, chatId)) === null);
  await say(bob, chatId, 'in again');
  await until(async () => (await linesOf(ada, chatId)).at(-1) === 'in again');
});

/** Another page over the same conversations orders something. */
async function orderIn({ conversations, accountId }: ChatDevice, chatId: string, task: Task): Promise<void> {
  const random = seededRandom('another page');
  const store = await conversations.deps.conversations.openStore(accountId);
  const book = await openChatBook(store, { engine: webcrypto.subtle as Engine, random });
  const orderedAtMs = network.clock.now();
  await book.change((rows) =>
    placeOrder(rows, { id: newUuid(random), chatId, task, orderedAtMs, isAwaited: false }),
  );
}

const cryptoOf = ({ conversations }: ChatDevice) => conversations.opened.at(-1) as GroupCrypto;
