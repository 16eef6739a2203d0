import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@hexkey/protocol';
import { bundlePrograms } from '@hexkey/testing';
import { testNodeSet } from './test-node-set.ts';

let bundle: Promise<readonly [string]> | undefined;

/** The real process of the API over its embedded database. */
export interface ApiProcess {
  readonly url: string;
  /** SIGKILL, whatever it is doing. */
  kill(): Promise<void>;
}

/** Keys and an empty database in a directory. */
export async function initApi(directory: string): Promise<void> {
  writeFileSync(join(directory, 'node-set.json'), JSON.stringify(testNodeSet.signedNodeSet));
  const child = await run(directory, ['init', '--data-dir', directory]);
  child.stdout?.resume();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`init ended with ${code}`);
}

/** Starts the API on what the directory holds; waits until it listens. */
export async function serveApi(directory: string): Promise<ApiProcess> {
  const child = await run(directory, ['serve']);
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  for await (const chunk of child.stdout ?? []) {
    const url = /"url":"([^"]+)"/.exec(String(chunk))?.[1];
    if (url === undefined) continue;
    return { url, kill };
  }
  throw new Error('the API ended before it listened');
}

async function run(directory: string, args: string[]): Promise<ChildProcess> {
  bundle ??= bundlePrograms(['apps/api/src/main.ts']);
  const [main] = await bundle;
  const { DATABASE_URL: _, ...inherited } = process.env;
  return spawn(process.execPath, [main, ...args], {
    env: {
      ...inherited,
      HEXKEY_API_PORT: '0',
      HEXKEY_API_DATA_DIR: directory,
      HEXKEY_NODE_SET_FILE: join(directory, 'node-set.json'),
      HEXKEY_OPERATOR_KEY: toHex(testNodeSet.operatorKey),
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}
