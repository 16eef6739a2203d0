import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface SentMessage {
  readonly to: string;
  readonly text: string;
}

/** A whole Hexkey, started as a person starts it. */
export interface RunningHexkey {
  readonly origin: string;
  /** All it has printed so far. */
  output(): string;
  messages(): Promise<readonly SentMessage[]>;
  /** Waits for the newest code sent to a number after `count` messages were there. */
  codeFor(phone: string, count: number): Promise<string>;
  /** One Ctrl-C. @returns the exit code */
  stop(): Promise<number | null>;
  /** The process that was started, for tests that are not so polite. */
  readonly child: ChildProcess;
}

const repository = fileURLToPath(new URL('..', import.meta.url));
const startTimeoutMs = 280_000;

/** An empty folder that `remove` deletes. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'hexkey-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs the launcher over a data directory. @param env settings besides these two */
export function launch(
  dataFolder: string,
  port: number,
  env: Record<string, string> = {},
  command: readonly string[] = ['start'],
): ChildProcess {
  return spawn(process.execPath, ['launch.mjs', ...command], {
    cwd: repository,
    env: { ...process.env, NODE_ENV: '', HEXKEY_DATA_DIR: dataFolder, HEXKEY_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts Hexkey and waits for the line that says it is ready. @throws when it ends before, with what it printed */
export async function startHexkey(
  dataFolder: string,
  port: number,
  env: Record<string, string> = {},
): Promise<RunningHexkey> {
  const child = launch(dataFolder, port, env);
  let output = '';
  const ended = once(child, 'close');
  const ready = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const origin = /^Hexkey is ready at (\S+)$/m.exec(output)?.[1];
      if (origin !== undefined) resolve(origin);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  const failed = Promise.race([ended, wait(startTimeoutMs, undefined, { ref: false })]).then(() => {
    throw new Error(`Hexkey did not start:\n${output}`);
  });
  const origin = await Promise.race([ready, failed]);
  failed.catch(() => {});

  const messages = async () => {
    const address = /^Outbox .*: (http:\S+)$/m.exec(output)?.[1];
    const token = /^Outbox token: (\S+)$/m.exec(output)?.[1];
    const answer = await fetch(`${address}/messages`, { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { messages: SentMessage[] }).messages;
  };
  return {
    origin,
    child,
    output: () => output,
    messages,
    codeFor: (phone, count) =>
      until(async () => {
        const all = await messages();
        const newest = all.slice(0, all.length - count).find(({ to }) => to === phone);
        return newest === undefined ? null : (/\b\d{4}\b/.exec(newest.text)?.[0] ?? null);
      }),
    stop: async () => {
      child.kill('SIGINT');
      return (await ended)[0];
    },
  };
}

/** Asks again and again until there is an answer; the test's own time limit ends it. */
export async function until<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await wait(50);
  }
}
