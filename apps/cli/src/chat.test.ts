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
  readonly messages: readonly { sender: string; content: { kind: string; text?: string } }[];
}
const textsIn = (run: Run) =>
  (run.json() as Shown).messages.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));

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

  const group = await hexkey('ana', ['chat', 'group', bobId], ['Two of us']);
  const { chatId: groupId } = group.json() as { chatId: string };
  await hexkey('ana', ['chat', 'send', groupId], ['hello group']);
  await vi.waitFor(
    async () => {
      await hexkey('bob', ['chat']);
      expect(textsIn(await hexkey('bob', ['chat', 'read', groupId]))).toEqual(['hello group']);
    },
    { timeout: 120_000, interval: 1 },
  );

  // What rests on disk is its owner's alone.
  const folder = join(home, '.local', 'state', 'hexkey', 'ana');
  const databases = readdirSync(folder).filter((name) => name.endsWith('.sqlite'));
  expect(databases).toHaveLength(2);
  for (const name of databases) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  // Texts are asked for: no command takes one.
  const given = await hexkey('ana', ['chat', 'send', chatId, 'as an argument']);
  expect(given.code).toBe(2);
});
