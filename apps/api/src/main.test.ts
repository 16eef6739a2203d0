import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { toHex } from '@hexkey/protocol';
import { bundlePrograms } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testNodeSet } from './testing/test-node-set.ts';

let main: string;
let directory: string;
let env: NodeJS.ProcessEnv;
const started: ChildProcess[] = [];

beforeAll(async () => {
  [main] = await bundlePrograms(['apps/api/src/main.ts']);
  directory = mkdtempSync(join(tmpdir(), 'hexkey-api-'));
  const nodeSetFile = join(directory, 'node-set.json');
  writeFileSync(nodeSetFile, JSON.stringify(testNodeSet.signedNodeSet));
  const { DATABASE_URL: _, ...inherited } = process.env;
  env = {
    ...inherited,
    HEXKEY_API_PORT: '0',
    HEXKEY_API_DATA_DIR: directory,
    HEXKEY_NODE_SET_FILE: nodeSetFile,
    HEXKEY_OPERATOR_KEY: toHex(testNodeSet.operatorKey),
  };
});
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

type Part = ChildProcessByStdio<null, Readable, Readable>;

function run(args: string[], change: NodeJS.ProcessEnv = {}): Part {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...env, ...change },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  }) as Part; // the types do not know that an ipc channel changes nothing about the pipes
  started.push(child);
  return child;
}

async function finished(child: Part) {
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, output, errors };
}

/** Waits for the address in the log. */
async function served(child: Part): Promise<string> {
  for await (const chunk of child.stdout) {
    const url = /"url":"([^"]+)"/.exec(String(chunk))?.[1];
    if (url !== undefined) return url;
  }
  throw new Error('the API ended before it listened');
}

test('init prints the same one line every time', async () => {
  const first = await finished(run(['init', '--data-dir', directory]));
  const second = await finished(run(['init', '--data-dir', directory]));
  expect(first.output).toBe(second.output);
  expect(JSON.parse(first.output)).toEqual({
    tenant: 'hexkey',
    tokenKeyVersion: 1,
    tokenPublicKey: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    teamKey: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
}, 300_000);

test('serve answers, keeps its directory to itself, and ends cleanly on SIGTERM or with its supervisor', async () => {
  const first = run(['serve']);
  const url = await served(first);
  for (const path of ['/health', '/api/health'])
    expect(await (await fetch(`${url}${path}`)).json()).toMatchObject({ status: 'ok', part: 'api' });

  const second = await finished(run(['serve']));
  expect(second.code).toBe(1);
  expect(second.errors).toBe(`hexkey api: ${directory} is in use by process ${first.pid}\n`);

  const ended = once(first, 'exit');
  first.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);

  const again = run(['serve']);
  await served(again);
  const orphaned = once(again, 'exit');
  again.disconnect();
  expect(await orphaned).toEqual([0, null]);
}, 300_000);

test('a wrong setting, foreign node set or missing key file is one clear line and no stack', async () => {
  const line = async (change: NodeJS.ProcessEnv) => {
    const { code, errors } = await finished(run(['serve'], change));
    expect(code).toBe(1);
    return errors;
  };
  const lines = await Promise.all([
    line({ HEXKEY_API_PORT: 'x' }),
    line({ HEXKEY_OPERATOR_KEY: '00'.repeat(32), DATABASE_URL: 'postgres://127.0.0.1:1/none' }),
    line({ HEXKEY_API_DATA_DIR: join(directory, 'nothing') }),
    line({ DATABASE_URL: 'postgres://hexkey:canary@127.0.0.1:1/none' }),
  ]);
  expect(lines).toEqual([
    'hexkey api: HEXKEY_API_PORT must be an integer from 0 to 65535\n',
    'hexkey api: node set: not signed by the operator\n',
    `hexkey api: ${join(directory, 'nothing', 'api-keys.json')} cannot be read (ENOENT): run init first\n`,
    'hexkey api: PostgreSQL at DATABASE_URL does not serve (ECONNREFUSED)\n',
  ]);
}, 300_000);
