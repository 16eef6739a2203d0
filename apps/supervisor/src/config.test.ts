import { expect, test } from 'vitest';
import { isLoopback, readConfig } from './config.ts';
import { StartError } from './start-error.ts';

test('without settings Hexkey listens on this computer only, at port 8080, over ./data', () => {
  const config = readConfig({}, true);
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, nodeCount: null, compact: false });
  expect(config.publicUrl.origin).toBe('http://localhost:8080');
  expect(config.dataFolder).toMatch(/data$/);
});

test.each([
  [{ HEXKEY_PORT: 'http' }, 'HEXKEY_PORT'],
  [{ HEXKEY_PORT: '70000' }, 'HEXKEY_PORT'],
  [{ HEXKEY_NODES: '4' }, 'HEXKEY_NODES'],
  [{ HEXKEY_NODES: '1' }, 'HEXKEY_NODES'],
  [{ HEXKEY_PUBLIC_URL: 'hexkey.example' }, 'HEXKEY_PUBLIC_URL'],
  [{ HEXKEY_NODE_DATABASE_URLS: 'postgres://a/b mysql://c/d' }, 'HEXKEY_NODE_DATABASE_URLS'],
  [{ HEXKEY_NODE_DATABASE_URLS: 'postgres://a/b postgres://a/b' }, 'HEXKEY_NODE_DATABASE_URLS'],
  [{ HEXKEY_PUBLIC_URL: 'https://hexkey.example/chat' }, 'HEXKEY_PUBLIC_URL'],
  [{ SOLANA_RPC_URL: 'rpc.example', DATABASE_URL: 'postgres://db' }, 'SOLANA_RPC_URL'],
  [{ SOLANA_WS_URL: 'wss://rpc.example' }, 'SOLANA_WS_URL'],
  [
    {
      SOLANA_RPC_URL: 'https://a.example',
      SOLANA_WS_URL: 'https://a.example',
      DATABASE_URL: 'postgres://db',
    },
    'SOLANA_WS_URL',
  ],
])('a setting that makes no sense is named in one line: %j', (env, name) => {
  expect(() => readConfig(env, false)).toThrow(StartError);
  expect(() => readConfig(env, false)).toThrow(new RegExp(`^${name} .+$`));
});

test('parts get the environment of the machine, and none of what else the shell held', () => {
  const { baseEnv, apiEnv } = readConfig(
    { PATH: '/bin', AWS_SECRET: 'x', DATABASE_URL: 'postgres://db', HEXKEY_NODES: '3' },
    false,
  );
  expect(baseEnv).toEqual({ PATH: '/bin' });
  expect(apiEnv).toEqual({ DATABASE_URL: 'postgres://db' });
});

test('the addresses of databases hold passwords, so a printed configuration does not show them', () => {
  const { nodeDatabaseUrls } = readConfig({ HEXKEY_NODE_DATABASE_URLS: 'postgres://u:word@a/b' }, false);
  expect(nodeDatabaseUrls?.map((url) => url.reveal())).toEqual(['postgres://u:word@a/b']);
  expect(JSON.stringify(nodeDatabaseUrls)).not.toContain('word');
});

test('a cluster is refused over the embedded database, and its address is not repeated', () => {
  const url = 'https://rpc.example/?api-key=hunter2';
  expect(() => readConfig({ SOLANA_RPC_URL: url }, false)).toThrow(/^SOLANA_RPC_URL needs DATABASE_URL: /);
  expect(() => readConfig({ SOLANA_RPC_URL: url }, false)).not.toThrow(/hunter2/);
  const config = readConfig({ SOLANA_RPC_URL: url, DATABASE_URL: 'postgres://db' }, false);
  expect(JSON.stringify(config.cluster)).not.toContain('hunter2');
  expect(readConfig({}, false).cluster).toBeNull();
});

test.each([
  ['https://rpc.example/?api-key=k', 'wss://rpc.example/?api-key=k'],
  ['http://127.0.0.1:8899', 'ws://127.0.0.1:8900/'],
])('WebSockets of %s are looked for at %s, as clients do', (rpc, sockets) => {
  const { cluster } = readConfig({ SOLANA_RPC_URL: rpc, DATABASE_URL: 'postgres://db' }, false);
  expect(cluster?.webSocketUrl.reveal()).toBe(sockets);
});

test('only an origin of this very computer is loopback', () => {
  for (const origin of ['http://localhost:1', 'http://127.0.0.1', 'http://127.9.9.9', 'http://[::1]:8080'])
    expect(isLoopback(new URL(origin))).toBe(true);
  for (const origin of ['https://hexkey.example', 'http://localhost.example', 'http://192.168.0.7'])
    expect(isLoopback(new URL(origin))).toBe(false);
});
