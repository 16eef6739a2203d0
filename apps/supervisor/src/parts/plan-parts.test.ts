import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@hexkey/protocol';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { type Plan, planParts } from './plan-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-'));
afterAll(() => rmSync(folder, { recursive: true }));
const testToken = { mint: 'Mint1111', name: 'Test USD', symbol: 'tUSD', decimals: 6 };
const token = 'the-token-of-this-start';

function aPlan(env: Record<string, string> = {}, webFolder: string | null = '/built'): Plan {
  return {
    config: { ...readConfig(env, false), dataFolder: folder },
    installation: {
      operatorKey: 'aa',
      teamKey: 'bb',
      nodeSetFile: '/set.json',
      tenants: [{ tenant: 'hexkey', version: 1, publicKey: 'k' }],
      apiFolder: '/api',
      nodeFolders: ['/node-1', '/node-2', '/node-3'],
      nodeSetFiles: ['/set.json', '/set.json', '/set.json'],
    },
    ports: { api: 1, outbox: 2, web: 3, devnet: 4, nodes: [11, 12, 13] },
    outboxToken: new Secret(token),
    devnet: 'SOLANA_RPC_URL' in env ? null : { testToken },
    webFolder,
  };
}

test('no part is told where another one keeps its keys', () => {
  const folders = ['/api', '/node-1', '/node-2', '/node-3'];
  for (const part of planParts(aPlan())) {
    const told = folders.filter((one) => Object.values(part.env).includes(one));
    expect(told.length).toBeLessThanOrEqual(1);
    expect(JSON.stringify(part.env)).not.toContain('operator.key');
  }
});

test('the database of the API is told to the API alone', () => {
  const parts = planParts(aPlan({ DATABASE_URL: 'postgres://secret' }));
  const told = parts.filter((part) => JSON.stringify(part.env).includes('postgres://secret'));
  expect(told.map(({ name }) => name)).toEqual(['api']);
});

const ofNodes = ['postgres://one/a', 'postgres://two/b', 'postgres://three/c'];

test('the database of a node is told to that node alone', () => {
  const parts = planParts(aPlan({ HEXKEY_NODE_DATABASE_URLS: ofNodes.join(' ') }));
  for (const [index, url] of ofNodes.entries()) {
    const told = parts.filter((part) => JSON.stringify(part.env).includes(url));
    expect(told.map(({ name }) => name)).toEqual([`node-${index + 1}`]);
    expect(told[0]?.env.DATABASE_URL).toBe(url);
  }
});

test('nodes without a database of their own are not started on the others’', () => {
  const env = { HEXKEY_NODE_DATABASE_URLS: ofNodes.slice(0, 2).join(' ') };
  expect(() => planParts(aPlan(env))).toThrow('names 2 databases, but there are 3 nodes');
});

test('the ledger is told to those who serve it: its place to the front door, its kind to the API, nothing to a node', () => {
  const parts = planParts(aPlan());
  const envOf = (name: string) => parts.find((part) => part.name === name)?.env ?? {};
  expect(envOf('devnet').HEXKEY_DEVNET_PORT).toBe('4');
  expect(envOf('front-door').HEXKEY_DOOR_DEVNET).toBe('http://127.0.0.1:4');
  expect(JSON.parse(envOf('api').HEXKEY_LEDGER ?? '')).toEqual({
    kind: 'devnet',
    path: '/ledger/',
    testToken,
  });
  for (const part of parts.filter(({ name }) => name.startsWith('node-')))
    expect(JSON.stringify(part.env)).not.toMatch(/ledger|devnet|solana/i);
});

test('with a cluster no devnet is started, and the address of the cluster is told to the front door alone', () => {
  const url = 'https://rpc.example/?api-key=hunter2';
  const parts = planParts(aPlan({ SOLANA_RPC_URL: url, DATABASE_URL: 'postgres://secret' }));
  expect(parts.map(({ name }) => name)).not.toContain('devnet');
  const told = parts.filter((part) => JSON.stringify(part).includes('hunter2'));
  expect(told.map(({ name }) => name)).toEqual(['front-door']);
  const api = parts.find(({ name }) => name === 'api');
  expect(JSON.parse(api?.env.HEXKEY_LEDGER ?? '')).toEqual({
    kind: 'cluster',
    path: '/ledger/',
    testToken: null,
  });
});

test('with a public URL that others reach there is no outbox to read codes from', () => {
  const open = planParts(aPlan({ HEXKEY_PUBLIC_URL: 'https://hexkey.example' }));
  expect(open.map(({ name }) => name)).not.toContain('outbox');
  expect(JSON.stringify(open.map(({ env }) => env))).not.toContain('OUTBOX');
  expect(planParts(aPlan()).map(({ name }) => name)).toContain('outbox');
});

test('each node is told its own public address', () => {
  const nodes = planParts(aPlan()).filter(({ name }) => name.startsWith('node-'));
  expect(nodes.map(({ env }) => env.HEXKEY_NODE_ADDRESS)).toEqual([
    'http://localhost:8080/nodes/1/',
    'http://localhost:8080/nodes/2/',
    'http://localhost:8080/nodes/3/',
  ]);
});

test('compact: one process, still a seat for every node', () => {
  const nodes = planParts(aPlan({ HEXKEY_COMPACT: '1' })).find(({ name }) => name === 'nodes');
  expect(nodes?.seats.map(({ name }) => name)).toEqual(['node-1', 'node-2', 'node-3']);
  expect(JSON.parse(readFileSync(join(folder, 'nodes.json'), 'utf8'))).toHaveLength(3);
});

test('in development the door leads to Vite instead of a build', () => {
  const door = planParts(aPlan({}, null)).find(({ name }) => name === 'front-door');
  expect(door?.env.HEXKEY_DOOR_DEV_SERVER).toBe('http://127.0.0.1:3');
  expect(door?.env.HEXKEY_DOOR_WEB).toBeUndefined();
});
