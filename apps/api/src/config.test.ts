import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { toHex } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError, mayUseOutbox, readConfig } from './config.ts';
import { testNodeSet } from './testing/test-node-set.ts';

let directory: string;
let env: Record<string, string>;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hexkey-config-'));
  const file = join(directory, 'node-set.json');
  writeFileSync(file, JSON.stringify(testNodeSet.signedNodeSet));
  env = {
    HEXKEY_API_PORT: '0',
    HEXKEY_API_DATA_DIR: directory,
    HEXKEY_NODE_SET_FILE: file,
    HEXKEY_OPERATOR_KEY: toHex(testNodeSet.operatorKey),
  };
});
afterAll(() => rmSync(directory, { recursive: true }));

test('what is not set has the documented default', () => {
  const { config, secrets } = readConfig(env);
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    minimumClientVersion: '0.1.0',
    proofOfWorkBits: 16,
    trustProxy: false,
    ledger: null,
    operatorKey: testNodeSet.operatorKey,
  });
  expect(secrets).toEqual({ databaseUrl: null, outbox: null });
});

test.each([
  ['HEXKEY_API_PORT', '70000'],
  ['HEXKEY_API_PORT', ''],
  ['HEXKEY_API_DATA_DIR', ''],
  ['HEXKEY_NODE_SET_FILE', '/nowhere/set.json'],
  ['HEXKEY_OPERATOR_KEY', 'abc'],
  ['HEXKEY_MIN_CLIENT', '1'],
  ['HEXKEY_PUSH_HOSTS', 'https://push.example'],
  ['HEXKEY_PUSH_HOSTS', 'push.example 127.0.0.1'],
  ['HEXKEY_POW_BITS', '33'],
  ['HEXKEY_PUBLIC_URL', 'hexkey.example'],
  ['HEXKEY_LEDGER', 'devnet'],
  ['HEXKEY_LEDGER', '{"kind":"devnet","path":"https://elsewhere.example/","testToken":null}'],
])('%s=%j is refused in a line that names the variable', (name, value) => {
  expect(() => readConfig({ ...env, [name]: value })).toThrow(ConfigError);
  expect(() => readConfig({ ...env, [name]: value })).toThrow(name);
});

test('passwords and tokens in the configuration print as [redacted]', () => {
  const shown = inspect(
    readConfig({
      ...env,
      DATABASE_URL: 'postgres://hexkey:hunter2@db/hexkey',
      HEXKEY_OUTBOX_URL: 'http://127.0.0.1:1/messages',
      HEXKEY_OUTBOX_TOKEN: 'outbox-secret',
    }),
    { depth: 9 },
  );
  expect(shown).not.toMatch(/hunter2|outbox-secret/);
});

test.each([
  [null, true],
  ['http://localhost:8080', true],
  ['http://127.0.0.1:8080', true],
  ['http://[::1]:8080', true],
  ['https://hexkey.example', false],
  ['http://localhost.example', false],
])('the outbox serves this machine only: %s', (url, allowed) => {
  expect(mayUseOutbox(url === null ? null : new URL(url))).toBe(allowed);
});
