import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { systemTimer, type Timer } from '../slots/slot-signal.ts';
import { type RunningDevnet, startDevnet } from '../start-devnet.ts';

export interface TestDevnet extends RunningDevnet {
  readonly dataFolder: string;
  /** What no request should have led to. */
  readonly bugs: readonly unknown[];
  /** The result of one request. @throws {RpcFailure} the answer is an error */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer
  call(method: string, ...params: unknown[]): Promise<any>;
}

export interface TestDevnetOptions {
  readonly clock?: Clock;
  readonly timer?: Timer;
  /** One that is there already. */
  readonly dataFolder?: string;
}

const folders: string[] = [];
const running = new Set<RunningDevnet>();

export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'devnet-'));
  folders.push(folder);
  return folder;
}

/** A devnet on a free port. `closeTestDevnets` stops all and removes their folders. */
export async function openTestDevnet(options: TestDevnetOptions = {}): Promise<TestDevnet> {
  const dataFolder = options.dataFolder ?? newDataFolder();
  const bugs: unknown[] = [];
  const devnet = await startDevnet(
    { host: '127.0.0.1', port: 0, dataFolder },
    {
      clock: options.clock ?? Date,
      timer: options.timer ?? systemTimer,
      random: seededRandom('devnet'),
      onBug: (error) => bugs.push(error),
    },
  );
  running.add(devnet);
  return {
    ...devnet,
    dataFolder,
    bugs,
    call: (method, ...params) => callRpc(devnet.rpcUrl, method, params),
    async stop() {
      running.delete(devnet);
      await devnet.stop();
    },
  };
}

export async function closeTestDevnets(): Promise<void> {
  for (const devnet of running) await devnet.stop();
  running.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** A JSON-RPC error as a client gets it. */
export class RpcFailure extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor({ code, message, data }: { code: number; message: string; data?: unknown }) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** @throws {RpcFailure} */
export async function callRpc(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const answer = await postRpc(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  const body = (await answer.json()) as { result?: unknown; error?: { code: number; message: string } };
  if (body.error) throw new RpcFailure(body.error);
  return body.result;
}

export function postRpc(url: string, body: string): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}
