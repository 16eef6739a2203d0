import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  approveNodeSet,
  fromHex,
  type KeyPair,
  keyPairOfSeed,
  Secret,
  type SignedNodeSet,
  toBase64url,
  toHex,
  verifyNodeSet,
  verifyNodeSetChain,
} from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ChangeDeps, changeNodes } from './change-nodes.ts';
import { prepareInstallation } from './installation/prepare-installation.ts';
import { StartError } from './start-error.ts';

let folder = '';
const random = seededRandom('change nodes');
const keys = new Map<string, { realmId: string; log: KeyPair }>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'change-nodes-'));
  keys.clear();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As the node's `init`: the second time it says what it said the first. */
async function initNode(nodeFolder: string) {
  const made = keys.get(nodeFolder) ?? {
    realmId: toHex(random(16)),
    log: keyPairOfSeed(new Secret(random(32))),
  };
  keys.set(nodeFolder, made);
  return {
    realmId: made.realmId,
    logKey: toBase64url(made.log.publicKey),
    hpkeKey: toBase64url(random(32)),
  };
}

const read = (file: string): SignedNodeSet => JSON.parse(readFileSync(file, 'utf8'));
const start = (nodeCount: number | null = null) =>
  prepareInstallation({
    dataFolder: folder,
    nodeCount,
    random,
    initApi: async () => ({ tenant: 'hexkey', tokenKeyVersion: 1, tokenPublicKey: 'k', teamKey: 'aa' }),
    initNode,
  });

/** As the node's commands, without processes. */
async function asNode(args: readonly string[], env: Readonly<Record<string, string>>): Promise<unknown> {
  const [command, first = '', , third = ''] = args;
  if (command === 'init') return initNode(args[2] ?? '');
  const operatorKey = fromHex(env.HEXKEY_OPERATOR_KEY ?? '');
  const before = verifyNodeSet(read(env.HEXKEY_NODE_SET_FILE ?? ''), operatorKey);
  return approveNodeSet(
    before,
    verifyNodeSet(read(first), operatorKey),
    keys.get(third)?.log ?? expect.fail(),
  );
}
const deps: ChangeDeps = {
  random,
  say: () => undefined,
  signal: new AbortController().signal,
  runNode: asNode as NonNullable<ChangeDeps['runNode']>,
};
const change = (count: number, given: Partial<ChangeDeps> = {}) =>
  changeNodes({ dataFolder: folder, baseEnv: {} }, count, { ...deps, ...given });

test('new nodes stand beside the old ones, in a set that the next start proves and serves', async () => {
  await start(3);
  const { epoch, folders } = await change(5);
  expect(epoch).toBe(2);
  expect(folders.map((one) => basename(one))).toEqual(['node-4', 'node-5', 'node-6', 'node-7', 'node-8']);
  const { operatorKey, nodeSetFile, nodeFolders, nodeSetFiles } = await start();
  const chain = verifyNodeSetChain(JSON.parse(readFileSync(nodeSetFile, 'utf8')), fromHex(operatorKey));
  expect(chain.map(({ nodeSet }) => [nodeSet.epoch, nodeSet.threshold])).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(chain[1]?.nodeSet.nodes.map(({ address }) => address)).toEqual(
    [4, 5, 6, 7, 8].map((number) => `/nodes/${number}/`),
  );
  expect(nodeFolders).toHaveLength(8);
  expect(nodeSetFiles.map((file) => basename(file))).toEqual([
    ...Array(3).fill('node-set.json'),
    ...Array(5).fill('node-set-2.json'),
  ]);
  expect((await change(3)).epoch).toBe(3);
  expect((await start()).nodeFolders).toHaveLength(11);
});

test('a change that is cut short leaves the installation as it was, and is made again', async () => {
  await start(3);
  let runs = 0;
  const dying: ChangeDeps['runNode'] = (args, env) => {
    runs += 1;
    return runs > 5 ? Promise.reject(new Error('power cut')) : (asNode(args, env) as never);
  };
  await expect(change(3, { runNode: dying })).rejects.toThrow('power cut');
  expect((await start()).nodeFolders).toHaveLength(3);
  await change(3);
  expect((await start()).nodeFolders).toHaveLength(6);
});

test('is refused where nothing is installed, and leaves nothing behind', async () => {
  await expect(change(3)).rejects.toThrow(StartError);
  expect(() => read(join(folder, 'operator.key'))).toThrow();
});
