import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '../build-page.ts';
import { forkTypeScript, messageOf } from '../node-process.ts';
import type { RecoveryServerMoved, RecoveryServerStarted } from '../recovery-server.ts';

/** A network in a process of its own, whose time is the caller's: limits of codes are days long. */
export interface RecoveryNetwork extends RecoveryServerStarted {
  now(): number;
  /** How far its time is ahead of real time. */
  readonly aheadMs: number;
  advance(milliseconds: number): Promise<void>;
  /** The code in the newest SMS that holds one. */
  phoneCode(): Promise<string>;
  stop(): Promise<void>;
}

export async function startRecoveryNetwork(): Promise<RecoveryNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'hexkey-bench-page-'));
  await buildPage('recovery-page', folder);
  const child = forkTypeScript(new URL('../recovery-server.ts', import.meta.url));
  child.send({ webFolder: folder });
  const started = await messageOf<RecoveryServerStarted>(child);
  let aheadMs = 0;
  const texts: string[] = [];
  async function move(milliseconds: number): Promise<void> {
    const answer = messageOf<RecoveryServerMoved>(child);
    child.send(aheadMs + milliseconds);
    texts.push(...(await answer).texts);
    aheadMs += milliseconds;
  }
  return {
    ...started,
    get aheadMs() {
      return aheadMs;
    },
    now: () => Date.now() + aheadMs,
    advance: move,
    async phoneCode() {
      await move(0);
      const code = texts.flatMap((text) => /\b\d{4}\b/.exec(text)?.[0] ?? []).at(-1);
      if (code === undefined) throw new Error('no SMS held a code');
      return code;
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}
