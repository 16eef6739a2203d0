import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '@hexkey/protocol';
import { fixedClock } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../../../packages/sdk/src/testing/network.ts';
import { type Run, runCli } from './testing/run-cli.ts';

// Two people at two computers, each command a process of its own, against real servers.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = '271828';
let network: TestNetwork;
let home = '';
beforeAll(async () => {
  network = await startNetwork(2, fixedClock(Date.now()));
  home = mkdtempSync(join(tmpdir(), 'hexkey-cli-chat-'));
});
afterAll(async () => {
  await network.stop();
  rmSync(home, { recursive: true });
});

async function hexkey(who: string, args: readonly string[], input?: readonly string[]): Promise<Run> {
  // The servers' clock stands still; the program's does not.
  network.clock.advance(Date.now() - network.clock.now());
  const given = input === undefined ? [] : ['--pin-stdin'];
  return runCli([...args, '--profile', who, '--json', ...given], { env: { HOME: home }, input: input ?? [] });
}

async function register(who: string): Promise<string> {
  const servers = ['--server', network.origin, '--operator-key', toHex(network.operatorKey)];
  const run = await hexkey(who, ['register', ...servers, '--nobody-can-reset-it'], [pin, pin, pin, pin]);
  return (run.json() as { hexkeyId: string }).hexkeyId;
}

interface Shown {
  readonly messages: readonly { id: string; sender: string; content: { kind: string; text?: string } }[];
}
const textsIn = (run: Run) =>
  (run.json() as Shown).messages.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));

let direct = '';
let group = '';

test('two people talk from their command lines, and a group of them too', async () => {
  await register('ana');
  const bobId = await register('bob');
  // The first connection leaves keys with the server, so that others can write.
  expect((await hexkey('bob', ['chat'])).json()).toEqual({ chats: [] });

  const opened = await hexkey('ana', ['chat', 'new', bobId]);
  const { chatId } = opened.json() as { chatId: string };
  expect(opened.json()).toMatchObject({ kind: 'direct', obstacle: null });
  const sent = await hexkey('ana', ['chat', 'send', chatId], ['hello from a terminal']);
  expect(sent.json()).toMatchObject({ state: 'sent' });

  // Whoever looks before the other's keys have been worked through looks again.
  await vi.waitFor(
    async () =>
      expect((await hexkey('bob', ['chat'])).json()).toMatchObject({ chats: [{ chatId, unread: 1 }] }),
    { timeout: 120_000, interval: 1 },
  );
  expect(textsIn(await hexkey('bob', ['chat', 'read', chatId]))).toEqual(['hello from a terminal']);
  expect((await hexkey('bob', ['chat'])).json()).toMatchObject({ chats: [{ isRequest: true }] });
  expect((await hexkey('bob', ['chat', 'accept', chatId])).json()).toMatchObject({ isRequest: false });
  expect((await hexkey('bob', ['chat'])).json()).toMatchObject({ chats: [{ unread: 0 }] });

  const following = hexkey('ana', ['chat', 'follow', chatId, '--seconds', '25']);
  await hexkey('bob', ['chat', 'send', chatId], ['and hello back']);
  const followed = await following;
  expect(followed.output).toContain('and hello back');

  const made = await hexkey('ana', ['chat', 'group', bobId], ['Two of us']);
  const { chatId: groupId } = made.json() as { chatId: string };
  await hexkey('ana', ['chat', 'send', groupId], ['hello group']);
  await vi.waitFor(
    async () => {
      await hexkey('bob', ['chat']);
      expect(textsIn(await hexkey('bob', ['chat', 'read', groupId]))).toEqual(['hello group']);
    },
    { timeout: 120_000, interval: 1 },
  );

  [direct, group] = [chatId, groupId];

  // What rests on disk is its owner's alone.
  const folder = join(home, '.local', 'state', 'hexkey', 'ana');
  const databases = readdirSync(folder).filter((name) => name.endsWith('.sqlite'));
  expect(databases).toHaveLength(2);
  for (const name of databases) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  // Texts are asked for: no command takes one.
  const given = await hexkey('ana', ['chat', 'send', chatId, 'as an argument']);
  expect(given.code).toBe(2);
});

test('the group of before: a text is changed, pinned, forwarded and deleted, new ones disappear, a poll is answered; a member may not', async () => {
  const readBy = async (who: string, chat: string) =>
    ((await hexkey(who, ['chat', 'read', chat])).json() as Shown).messages;
  const ownText = (await readBy('ana', group)).find(({ content }) => content.text === 'hello group');
  const id = ownText?.id ?? '';
  expect((await hexkey('ana', ['chat', 'read', group, '--ids'])).code).toBe(0);
  expect((await hexkey('ana', ['chat', 'edit', group, id], ['hello both'])).json()).toMatchObject({
    message: { id, isEdited: true, content: { text: 'hello both' } },
  });
  expect((await hexkey('ana', ['chat', 'pin', group, id])).json()).toMatchObject({ messages: [{ id }] });
  await hexkey('ana', ['chat', 'forward', group, id, direct]);
  const asked = await hexkey('ana', ['chat', 'poll', group], ['When?', 'Monday | Friday']);
  const poll = (asked.json() as { message: { id: string } }).message.id;
  expect((await hexkey('ana', ['chat', 'timer', group, '1w'])).json()).toMatchObject({
    timerSeconds: 604_800,
  });
  await vi.waitFor(
    async () => {
      expect(textsIn(await hexkey('bob', ['chat', 'read', group]))).toEqual(['hello both']);
      expect(textsIn(await hexkey('bob', ['chat', 'read', direct])).at(-1)).toBe('hello both');
    },
    { timeout: 120_000, interval: 1 },
  );
  expect((await hexkey('bob', ['chat', 'pinned', group])).json()).toMatchObject({ messages: [{ id }] });
  // A member pins nothing and changes nobody's text.
  for (const args of [
    ['unpin', group, id],
    ['timer', group, 'off'],
    ['delete', group, id],
  ])
    expect((await hexkey('bob', ['chat', ...args])).code).toBe(1);
  expect((await hexkey('bob', ['chat', 'edit', group, id], ['hello myself'])).code).toBe(1);
  expect((await hexkey('bob', ['chat', 'vote', group, poll, '2'])).json()).toMatchObject({
    message: {
      content: {
        options: [
          { text: 'Monday', who: [] },
          { text: 'Friday', who: ['You'] },
        ],
      },
    },
  });
  expect((await hexkey('bob', ['chat', 'vote', group, poll, '1,2'])).code).toBe(1);
  expect((await hexkey('bob', ['chat', 'vote', group, poll, 'Friday'])).code).toBe(2);
  expect((await hexkey('bob', ['chat', 'timer', group, '5m'])).code).toBe(2);
  await hexkey('ana', ['chat', 'unpin', group, id]);
  await hexkey('ana', ['chat', 'delete', group, id]);
  await vi.waitFor(async () => expect(textsIn(await hexkey('bob', ['chat', 'read', group]))).toEqual([]), {
    timeout: 120_000,
    interval: 1,
  });
  expect((await hexkey('bob', ['chat', 'pinned', group])).json()).toEqual({ messages: [] });
});
