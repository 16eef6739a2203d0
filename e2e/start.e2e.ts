import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '@hexkey/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, type RunningHexkey, startHexkey, temporaryFolder, until } from './harness.ts';
import { descendantsOf, isAlive } from './processes.ts';

const folder = temporaryFolder();
const threeNodes = { HEXKEY_NODES: '3' };
let port: number;
let hexkey: RunningHexkey;

beforeAll(async () => {
  port = await freePort();
  hexkey = await startHexkey(folder.path, port, threeNodes);
});
afterAll(async () => {
  await hexkey?.stop();
  folder.remove();
});

test('every part is healthy and in one table, with the memory of all, before the ready line', async () => {
  const output = hexkey.output();
  for (const seat of ['outbox', 'devnet', 'api', 'node-1', 'node-2', 'node-3', 'web'])
    expect(output).toMatch(new RegExp(`^${seat} +http://\\S+ +healthy$`, 'm'));
  expect(Number(/^Memory of all parts: (\d+) MB$/m.exec(output)?.[1])).toBeLessThan(900);
  expect(output.trimEnd().split('\n')).toContain(`Hexkey is ready at http://localhost:${port}`);
  for (const path of ['/health', '/api/health', '/nodes/1/health', '/nodes/3/health'])
    expect((await fetch(hexkey.origin + path)).status).toBe(200);
  const server = await (await fetch(`${hexkey.origin}/api/v1/server`)).json();
  expect(server.ledger).toMatchObject({ kind: 'devnet', testToken: { symbol: 'tUSD', decimals: 6 } });
  const ledger = await fetch(hexkey.origin + server.ledger.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'getTokenSupply',
      params: [server.ledger.testToken.mint],
    }),
  });
  expect(await ledger.json()).toMatchObject({ result: { value: { amount: '0', decimals: 6 } } });
});

test.each([
  ['a second Hexkey on the same data', () => ({}), /in use by another Hexkey/],
  [
    'a cluster without a database',
    () => ({ SOLANA_RPC_URL: 'https://x.example' }),
    /^SOLANA_RPC_URL needs DATABASE_URL/,
  ],
  ['an even number of nodes', () => ({ HEXKEY_NODES: '4' }), /^HEXKEY_NODES must be an odd number/],
  [
    'a data directory that cannot be made',
    () => ({ HEXKEY_DATA_DIR: join(folder.path, 'node-set.json', 'x') }),
    /^Cannot write to /,
  ],
])('%s is refused in one line, without a stack', async (_what, env, line) => {
  await expectRefusal(env(), line);
});

test('a port in use is refused in one line, without a stack', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const empty = temporaryFolder();
  try {
    const taken = String((other.address() as AddressInfo).port);
    await expectRefusal(
      { HEXKEY_DATA_DIR: empty.path, HEXKEY_PORT: taken },
      new RegExp(`^Port ${taken} is in use`),
    );
  } finally {
    other.close();
    empty.remove();
  }
});

describe.runIf(process.platform === 'linux')('processes', () => {
  test('a part that is killed is started again, said, and serves', async () => {
    const node = partOf('pin-node');
    process.kill(node.pid, 'SIGKILL');
    await until(async () =>
      /^supervisor node-\d ended \(SIGKILL\); starting it again in 0\.5 s$/m.test(hexkey.output())
        ? true
        : null,
    );
    await until(async () => {
      const answers = await Promise.all([1, 2, 3].map((n) => fetch(`${hexkey.origin}/nodes/${n}/health`)));
      return answers.every(({ status }) => status === 200) ? true : null;
    });
  });

  test('a supervisor that is killed takes every part with it', async () => {
    const parts = descendantsOf(pidOf(hexkey));
    expect(parts.length).toBeGreaterThanOrEqual(6);
    hexkey.child.kill('SIGKILL');
    await until(async () => (parts.some(({ pid }) => isAlive(pid)) ? null : true));
    // What it left behind, its lock above all, does not stop the next start.
    hexkey = await startHexkey(folder.path, port);
  });

  test('after the first start another number of nodes is refused: the signed set fixes it', async () => {
    await hexkey.stop();
    await expectRefusal(
      { HEXKEY_NODES: '5' },
      /^HEXKEY_NODES is 5, but this installation has a set of 3 nodes/,
    );
  });

  test('compact: the nodes share one process, the same records go on, and it says what that means', async () => {
    hexkey = await startHexkey(folder.path, port, { HEXKEY_COMPACT: '1' });
    expect(descendantsOf(pidOf(hexkey)).filter(({ command }) => command.includes('pin-node'))).toHaveLength(
      1,
    );
    expect(hexkey.output()).toMatch(/^! HEXKEY_COMPACT: .*not independent/m);
    expect((await fetch(`${hexkey.origin}/nodes/3/health`)).status).toBe(200);
  });

  test('one Ctrl-C ends everything with exit code 0 and leaves no process', async () => {
    const parts = descendantsOf(pidOf(hexkey));
    expect(await hexkey.stop()).toBe(0);
    expect(parts.filter(({ pid }) => isAlive(pid))).toEqual([]);
  });
});

function pidOf({ child }: RunningHexkey): number {
  if (child.pid === undefined) throw new Error('not started');
  return child.pid;
}

function partOf(app: string) {
  const part = descendantsOf(pidOf(hexkey)).find(({ command }) => command.includes(`apps/${app}/`));
  if (part === undefined) throw new Error(`${app} does not run`);
  return part;
}

async function expectRefusal(env: Record<string, string>, line: RegExp): Promise<void> {
  const child = launch(env.HEXKEY_DATA_DIR ?? folder.path, Number(env.HEXKEY_PORT ?? port), env);
  if (!child.stdout || !child.stderr) throw new Error('no output');
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'close'), text(child.stdout)]);
  expect(errors).toMatch(line);
  expect(errors.trimEnd().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
}
