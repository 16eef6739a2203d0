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
  [{ HEXKEY_PUBLIC_URL: 'https://hexkey.example/chat' }, 'HEXKEY_PUBLIC_URL'],
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

test('only an origin of this very computer is loopback', () => {
  for (const origin of ['http://localhost:1', 'http://127.0.0.1', 'http://127.9.9.9', 'http://[::1]:8080'])
    expect(isLoopback(new URL(origin))).toBe(true);
  for (const origin of ['https://hexkey.example', 'http://localhost.example', 'http://192.168.0.7'])
    expect(isLoopback(new URL(origin))).toBe(false);
});
