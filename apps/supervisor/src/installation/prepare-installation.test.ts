import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromHex, type Random, toBase64url, verifyNodeSet } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Preparation, prepareInstallation } from './prepare-installation.ts';

let folder = '';
let random: Random;
const made: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installation-'));
  random = seededRandom('installation');
  made.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const prepare = (over: Partial<Preparation> = {}) =>
  prepareInstallation({
    dataFolder: folder,
    nodeCount: null,
    random,
    initApi: async () => ({
      tenant: 'hexkey',
      tokenKeyVersion: 1,
      tokenPublicKey: toBase64url(random(32)),
      teamKey: 'aa',
    }),
    initNode: async (nodeFolder) => {
      made.push(nodeFolder);
      return {
        realmId: Buffer.from(random(16)).toString('hex'),
        logKey: toBase64url(random(32)),
        hpkeKey: toBase64url(random(32)),
      };
    },
    ...over,
  });

test('the first start signs a set of five nodes, three of which open a PIN', async () => {
  const { operatorKey, nodeSetFile } = await prepare();
  const { nodeSet } = verifyNodeSet(JSON.parse(readFileSync(nodeSetFile, 'utf8')), fromHex(operatorKey));
  expect(nodeSet).toMatchObject({ threshold: 3, epoch: 1, tenant: 'hexkey' });
  expect(nodeSet.nodes.map(({ address }) => address)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `/nodes/${number}/`),
  );
});

test('a later start changes nothing: same keys, same set, no node made again', async () => {
  const first = await prepare({ nodeCount: 3 });
  const signed = readFileSync(first.nodeSetFile, 'utf8');
  made.length = 0;
  const second = await prepare();
  expect(second.operatorKey).toBe(first.operatorKey);
  expect(second.nodeFolders).toEqual(first.nodeFolders);
  expect(readFileSync(second.nodeSetFile, 'utf8')).toBe(signed);
  expect(made).toEqual([]);
});

test('another number of nodes than the signed set has is refused in one line', async () => {
  await prepare({ nodeCount: 3 });
  await expect(prepare({ nodeCount: 5 })).rejects.toThrow(/^HEXKEY_NODES is 5, but .+ 3 nodes.+$/);
  await expect(prepare({ nodeCount: 3 })).resolves.toBeDefined();
});

test('a first start that was cut short begins again over the same operator key', async () => {
  const cut = prepare({ initNode: () => Promise.reject(new Error('power cut')) });
  await expect(cut).rejects.toThrow('power cut');
  const key = readFileSync(join(folder, 'operator.key'), 'utf8');
  await prepare();
  expect(readFileSync(join(folder, 'operator.key'), 'utf8')).toBe(key);
});

test('a node set that the operator key did not sign is never used', async () => {
  const { nodeSetFile } = await prepare();
  const document = JSON.parse(readFileSync(nodeSetFile, 'utf8'));
  writeFileSync(
    nodeSetFile,
    JSON.stringify({ ...document, payload: `${document.payload.slice(0, -4)}AAAA` }),
  );
  await expect(prepare()).rejects.toThrow('do not belong together');
});

test('only the owner can read the operator key', async () => {
  await prepare();
  expect(statSync(join(folder, 'operator.key')).mode & 0o777).toBe(0o600);
});
