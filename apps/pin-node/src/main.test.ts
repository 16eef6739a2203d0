import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import {
  fromHex,
  keyPairOfSeed,
  Secret,
  signNodeSet,
  toBase64url,
  toHex,
  utf8,
  verifyNodeSet,
  verifySuccessor,
} from '@hexkey/protocol';
import { bundlePrograms, seededRandom } from '@hexkey/testing';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { sqliteStore } from './records/sqlite-store.ts';
import { nodeEnvironments } from './testing/node-environments.ts';

let main: string;
const run = promisify(execFile);
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  [main] = await bundlePrograms(['apps/pin-node/src/main.ts']);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-main-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const command = async (args: string[], env: Record<string, string> = {}) =>
  (await run(process.execPath, [main, ...args], { env: { ...process.env, ...env } })).stdout;

const prepare = () => nodeEnvironments(folder, seededRandom('main'));

/** Starts a command and waits until it has said that `count` nodes listen. @returns their ports */
async function serve(args: string[], env: Record<string, string>, count: number) {
  const child = fork(main, args, { env: { ...process.env, ...env }, silent: true });
  children.push(child);
  if (child.stdout === null) throw new Error('the child has no output');
  const ports: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    const { msg, port } = JSON.parse(line);
    if (msg === 'listening') ports.push(port);
    if (ports.length === count) break;
  }
  child.stdout.resume();
  return { child, ports };
}

test('init prints one line of public keys, keeps the secrets to its owner, and says the same again', async () => {
  const first = await command(['init', '--data-dir', join(folder, 'node')]);
  const identity = JSON.parse(first);
  expect(Object.keys(identity)).toEqual(['realmId', 'logKey', 'hpkeKey']);
  expect(identity.realmId).toMatch(/^[0-9a-f]{32}$/);
  expect(identity.logKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await command(['init', '--data-dir', join(folder, 'node')])).toBe(first);
  expect(statSync(join(folder, 'node', 'node-keys.json')).mode & 0o777).toBe(0o600);
});

test('a node serves its health under its path and ends cleanly on SIGTERM', async () => {
  const [env = {}] = prepare();
  const { child, ports } = await serve(['serve'], env, 1);
  for (const path of ['/health', '/nodes/1/health', '/nodes/1/']) {
    const response = await fetch(`http://127.0.0.1:${ports[0]}${path}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ name: 'Node 1', state: 'serving' });
  }
  expect((await fetch(`http://127.0.0.1:${ports[0]}/nodes/2/`)).status).toBe(404);
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
});

test('several nodes in one process end when their supervisor is gone', async () => {
  const envs = prepare();
  const file = join(folder, 'many.json');
  writeFileSync(file, JSON.stringify(envs));
  const { child, ports } = await serve(['serve-many', file], {}, 3);
  expect(new Set(ports).size).toBe(3);
  child.disconnect();
  expect((await once(child, 'exit'))[0]).toBe(0);
});

test('a stopped clock shows in the health until the operator confirms it', async () => {
  const [env = {}] = prepare();
  const store = sqliteStore(env.HEXKEY_NODE_DATA_DIR ?? '');
  const ahead = { highWaterMs: Date.now() + 3_600_000, era: 0, eraStartMs: 0, stopped: null };
  await store.writeClock({ ...ahead, ticks: 0, restored: null }, 0);
  await store.close();
  const { child, ports } = await serve(['serve'], env, 1);
  const health = async () => (await fetch(`http://127.0.0.1:${ports[0]}/health`)).json();
  expect(await health()).toMatchObject({ state: 'clock-behind' });
  expect(await command(['confirm-clock', '--data-dir', env.HEXKEY_NODE_DATA_DIR ?? ''])).toContain(
    'Confirmed',
  );
  expect(await health()).toMatchObject({ state: 'serving' });
  child.kill('SIGTERM');
  await once(child, 'exit');
});

test('a node that cannot start says why in one line, without a stack, and exits with 1', async () => {
  const failure = await command(['serve']).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 1, stdout: '' });
  const said = (failure as { stderr: string }).stderr.split('\n').filter((line) => line !== '');
  expect(said).toEqual(['pin-node: HEXKEY_NODE_DATA_DIR is not set']);
});

test('approve-set prints a word that counts for the set that follows, and says what it approves', async () => {
  const random = seededRandom('approve');
  const [env = {}, ...others] = nodeEnvironments(folder, random);
  const operatorKey = fromHex(env.HEXKEY_OPERATOR_KEY ?? '');
  const file = env.HEXKEY_NODE_SET_FILE ?? '';
  const before = verifyNodeSet(JSON.parse(readFileSync(file, 'utf8')), operatorKey);
  const operatorSeed = operatorSeedOf(seededRandom('approve'));
  const nodes = before.nodeSet.nodes.map((node) => ({
    ...node,
    realmId: toHex(random(16)),
    logKey: toBase64url(keyPairOfSeed(new Secret(random(32))).publicKey),
    name: `New ${node.name}`,
  }));
  const next = signNodeSet(utf8(JSON.stringify({ ...before.nodeSet, epoch: 2, nodes })), operatorSeed);
  const nextFile = join(folder, 'next.json');
  writeFileSync(nextFile, JSON.stringify(next));
  const approvals = [];
  for (const node of [env, ...others].slice(0, 2)) {
    const args = [main, 'approve-set', nextFile, '--data-dir', node.HEXKEY_NODE_DATA_DIR ?? ''];
    const { stdout, stderr } = await run(process.execPath, args, { env: { ...process.env, ...node } });
    expect(stderr).toContain('New Node 1 by demo');
    approvals.push(JSON.parse(stdout));
  }
  expect(verifySuccessor(before, { ...next, approvals }, operatorKey).nodeSet.epoch).toBe(2);
  const own = ['approve-set', file, '--data-dir', env.HEXKEY_NODE_DATA_DIR ?? ''];
  await expect(command(own, env)).rejects.toThrow('not the next one');
});

/** `nodeEnvironments` draws the operator's seed first. */
const operatorSeedOf = (random: ReturnType<typeof seededRandom>) => new Secret(random(32));
