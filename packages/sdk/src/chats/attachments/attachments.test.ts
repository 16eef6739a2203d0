import { DomainError } from '@hexkey/contract';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../../deps.ts';
import {
  type ChatDevice,
  linesOf,
  newPerson,
  restarted,
  say,
  until,
  untilAllSee,
} from '../../testing/chat-people.ts';
import { startNetwork, type TestNetwork } from '../../testing/network.ts';
import type { ChatMessage, NewFile } from '../chats.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const random = seededRandom('attachments of clients');
let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

const fileOf = (bytes: Uint8Array, more: Partial<NewFile> = {}): NewFile => ({
  name: 'Trip.jpg',
  mediaType: 'image/jpeg',
  sizeBytes: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
  ...more,
});
const isSame = (found: Uint8Array, expected: Uint8Array) => Buffer.from(found).equals(expected);
const messageOf = async ({ client }: ChatDevice, chatId: string, id: string): Promise<ChatMessage> => {
  const found = (await client.chats.messages(chatId)).messages.find((message) => message.id === id);
  if (found === undefined) throw new Error('the message is there');
  return found;
};
async function twoWhoTalk(given: { readonly adaFetch?: Fetch; readonly bobFetch?: Fetch } = {}) {
  const { adaFetch = fetch, bobFetch = fetch } = given;
  const ada = await newPerson(network, { fetch: adaFetch });
  const bob = await newPerson(network, { fetch: bobFetch });
  const chatId = await ada.client.chats.openDirect(bob.hexkeyId);
  await say(ada, chatId, 'hello');
  await untilAllSee([ada, bob], chatId, ['hello']);
  return { ada, bob, chatId };
}
const isPart = (init: Parameters<Fetch>[1]) => init?.method === 'PATCH';
/** Requests for attachments, and what becomes of them. */
function watchedFetch(judge: (parts: number, init: Parameters<Fetch>[1]) => boolean) {
  const parts: number[] = [];
  const watched: Fetch = async (input, init) => {
    if (isPart(init)) {
      if (!judge(parts.length, init)) throw new TypeError('no network');
      parts.push(((init as RequestInit).body as Uint8Array).length);
    }
    return fetch(input, init);
  };
  return { parts, fetch: watched };
}

test('a file arrives as it was sent, is gone from the server when the other side has it, and opens without a network from then on', async () => {
  let isOffline = false;
  const bobFetch: Fetch = async (input, init) => {
    if (isOffline) throw new TypeError('no network');
    return fetch(input, init);
  };
  const { ada, bob, chatId } = await twoWhoTalk({ bobFetch });
  const bytes = random(1_500_000);
  const thumbnail = random(300);
  const id = await ada.client.chats.sendFile(
    chatId,
    fileOf(bytes, { thumbnail, dimensions: { width: 640, height: 480 } }),
  );
  await untilAllSee([ada, bob], chatId, ['hello', '(attachment)']);
  expect((await messageOf(bob, chatId, id)).content).toEqual({
    kind: 'attachment',
    name: 'Trip.jpg',
    mediaType: 'image/jpeg',
    sizeBytes: 1_500_000,
    thumbnail: Uint8Array.from(thumbnail),
    dimensions: { width: 640, height: 480 },
    durationMs: null,
  });
  expect(await network.blobs.list()).toHaveLength(1);
  expect(isSame(await bob.client.chats.openFile(chatId, id), bytes)).toBe(true);
  await until(async () => (await network.blobs.list()).length === 0);
  isOffline = true;
  expect(isSame(await bob.client.chats.openFile(chatId, id), bytes)).toBe(true);
  expect(isSame(await ada.client.chats.openFile(chatId, id), bytes)).toBe(true);
  expect(await bob.client.chats.search('trip')).toMatchObject([{ id }]);
});

test('what is said after a file does not wait for it; an upload goes on where it stopped when the client is started anew', async () => {
  const dying = watchedFetch((parts) => parts < 3);
  const { ada, bob, chatId } = await twoWhoTalk({ adaFetch: dying.fetch });
  const bytes = random(2_000_000);
  const id = await ada.client.chats.sendFile(chatId, fileOf(bytes));
  await until(() => dying.parts.length === 3);
  await say(ada, chatId, 'meanwhile');
  await untilAllSee([bob], chatId, ['hello', 'meanwhile']);
  expect((await messageOf(ada, chatId, id)).state).toBe('waiting');
  await ada.disconnect();
  const living = watchedFetch(() => true);
  const again = await restarted(network, ada, { fetch: living.fetch });
  await untilAllSee([bob], chatId, ['hello', 'meanwhile', '(attachment)']);
  expect(living.parts.length).toBeGreaterThan(0);
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0);
  const [length] = await Promise.all(
    (await network.blobs.list()).map((blob) => network.blobs.lengthOf(blob)),
  );
  expect(sum([...dying.parts, ...living.parts])).toBe(length);
  expect(isSame(await bob.client.chats.openFile(chatId, id), bytes)).toBe(true);
  await again.disconnect();
});

test('a network that breaks off in the middle is tried again, without the owner', async () => {
  let refusals = 0;
  const shaky = watchedFetch(() => {
    refusals += 1;
    return refusals !== 2;
  });
  const { bob, ada, chatId } = await twoWhoTalk({ adaFetch: shaky.fetch });
  await ada.client.chats.sendFile(chatId, fileOf(random(700_000)));
  await until(() => refusals >= 2);
  network.clock.advance(10_000);
  await untilAllSee([bob], chatId, ['hello', '(attachment)']);
});

test('deleting a file before it is sent gives it up: here, at the server, and the other side hears nothing', async () => {
  let isStuck = true;
  const stuck = watchedFetch((parts) => parts < 2 || !isStuck);
  const { ada, bob, chatId } = await twoWhoTalk({ adaFetch: stuck.fetch });
  const before = await network.blobs.list();
  const id = await ada.client.chats.sendFile(chatId, fileOf(random(1_000_000)));
  await until(() => stuck.parts.length === 2);
  await ada.client.chats.deleteForMe(chatId, id);
  isStuck = false;
  expect(await linesOf(ada, chatId)).toEqual(['hello']);
  await say(ada, chatId, 'after');
  await untilAllSee([ada, bob], chatId, ['hello', 'after']);
  await expect(ada.client.chats.openFile(chatId, id)).rejects.toMatchObject({ name: 'NotFound' });
  await until(async () => (await network.blobs.list()).length === before.length);
});

test('bytes that are not what the sender sealed are refused and not kept', async () => {
  let isFalse = true;
  const bobFetch: Fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (!isFalse || answer.status !== 206) return answer;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    return new Response(bytes, answer);
  };
  const { ada, bob, chatId } = await twoWhoTalk({ bobFetch });
  const bytes = random(1000);
  const id = await ada.client.chats.sendFile(chatId, fileOf(bytes));
  await untilAllSee([bob], chatId, ['hello', '(attachment)']);
  await expect(bob.client.chats.openFile(chatId, id)).rejects.toMatchObject({ name: 'AttachmentGone' });
  isFalse = false;
  expect(isSame(await bob.client.chats.openFile(chatId, id), bytes)).toBe(true);
});

test('fetching that was stopped goes on where it stopped', async () => {
  const ranges: string[] = [];
  const stop = new AbortController();
  const bobFetch: Fetch = async (input, init) => {
    const range = (init?.headers as Record<string, string> | undefined)?.range;
    if (range !== undefined) ranges.push(range);
    if (range !== undefined && ranges.length === 2) stop.abort();
    return fetch(input, init);
  };
  const { ada, bob, chatId } = await twoWhoTalk({ bobFetch });
  const bytes = random(2_500_000);
  const id = await ada.client.chats.sendFile(chatId, fileOf(bytes));
  await untilAllSee([bob], chatId, ['hello', '(attachment)']);
  await expect(bob.client.chats.openFile(chatId, id, stop.signal)).rejects.toMatchObject({ name: 'Offline' });
  expect(isSame(await bob.client.chats.openFile(chatId, id), bytes)).toBe(true);
  expect(ranges.filter((range) => range.startsWith('bytes=0-'))).toHaveLength(1);
});

test('a deleted file leaves nothing on either device, nor at the server', async () => {
  const { ada, bob, chatId } = await twoWhoTalk();
  const before = await network.blobs.list();
  const id = await ada.client.chats.sendFile(chatId, fileOf(random(1000)));
  await untilAllSee([ada, bob], chatId, ['hello', '(attachment)']);
  await ada.client.chats.deleteForEveryone(chatId, id);
  await untilAllSee([ada, bob], chatId, ['hello', '(deleted)']);
  await until(async () => (await network.blobs.list()).length === before.length);
  for (const { client, conversations, accountId } of [ada, bob]) {
    await expect(client.chats.openFile(chatId, id)).rejects.toMatchObject({ name: 'NotFound' });
    const store = await conversations.deps.conversations.openStore(accountId);
    expect(await store.list({ prefix: 'file/' })).toEqual([]);
  }
});

test('progress is told while a file is on its way, and no longer', async () => {
  const { ada, bob, chatId } = await twoWhoTalk();
  const seen = new Set<number>();
  let id: string | null = null;
  ada.client.chats.subscribe(() => {
    const progress = id === null ? null : ada.client.chats.progressOf(id);
    if (progress !== null) seen.add(progress.doneBytes);
  });
  id = await ada.client.chats.sendFile(chatId, fileOf(random(1_000_000)));
  await untilAllSee([ada, bob], chatId, ['hello', '(attachment)']);
  expect([...seen].some((done) => done >= 256 * 1024)).toBe(true);
  expect(ada.client.chats.progressOf(id)).toBeNull();
});

test('what is too large, has no name or too large a picture is refused, and nothing of it is kept', async () => {
  const { ada, chatId } = await twoWhoTalk();
  const tooLarge = fileOf(new Uint8Array(0), { sizeBytes: 100 * 1024 * 1024 + 1 });
  const refusal = await ada.client.chats.sendFile(chatId, tooLarge).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DomainError);
  expect(refusal).toMatchObject({ name: 'AttachmentTooLarge', details: { limitBytes: 104_857_600 } });
  for (const more of [{ name: '' }, { thumbnail: random(16_385) }])
    await expect(ada.client.chats.sendFile(chatId, fileOf(random(9), more))).rejects.toMatchObject({
      name: 'InvalidField',
    });
  const failing = fileOf(random(2_000_000), {
    read: async (start, end) => {
      if (start > 1_200_000) throw new DomainError('StorageUnavailable', { problem: 'blocked' });
      return new Uint8Array(end - start);
    },
  });
  await expect(ada.client.chats.sendFile(chatId, failing)).rejects.toMatchObject({
    name: 'StorageUnavailable',
  });
  const store = await ada.conversations.deps.conversations.openStore(ada.accountId);
  expect(await store.list({ prefix: 'file/' })).toEqual([]);
  expect(await linesOf(ada, chatId)).toEqual(['hello']);
});
