import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@hexkey/protocol';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { type Plan, planParts } from './plan-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-'));
afterAll(() => rmSync(folder, { recursive: true }));
const token = 'the-token-of-this-start';

function aPlan(env: Record<string, string> = {}, webFolder: string | null = '/built'): Plan {
  return {
    config: { ...readConfig(env, false), dataFolder: folder },
    installation: {
      operatorKey: 'aa',
      nodeSetFile: '/set.json',
      tenants: [{ tenant: 'hexkey', version: 1, publicKey: 'k' }],
      apiFolder: '/api',
      nodeFolders: ['/node-1', '/node-2', '/node-3'],
    },
    ports: { api: 1, outbox: 2, web: 3, nodes: [11, 12, 13] },
    outboxToken: new Secret(token),
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
