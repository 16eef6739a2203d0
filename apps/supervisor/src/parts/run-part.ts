import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '@hexkey/protocol';
import { forEachLine } from './lines.ts';
import type { Part } from './part.ts';
import { repository } from './programs.ts';
import { restartDelayMs, soundAfterMs } from './restart-delay.ts';

export interface PartEvents {
  /** One line of its standard or error output. */
  readonly onLine: (part: Part, line: string) => void;
  /** It ended although nobody asked it to. */
  readonly onCrash: (part: Part, how: string, crashesInARow: number, restartInMs: number) => void;
}

export interface RunningPart {
  readonly part: Part;
  /** Asks it to end and waits; after `graceMs` its whole process group is killed. */
  stop(graceMs: number): Promise<void>;
}

/** Starts a part, and again whenever it crashes. */
export function runPart(part: Part, clock: Clock, events: PartEvents): RunningPart {
  let child: ChildProcess;
  let crashes = 0;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let ended = Promise.resolve();

  const start = () => {
    const startedAtMs = clock.now();
    // A process group of its own: a Ctrl-C in the terminal reaches the supervisor only, which then ends parts in order.
    child = spawn(process.execPath, part.args, {
      cwd: repository,
      env: part.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr])
      if (stream) forEachLine(stream, (line) => events.onLine(part, line));
    ended = new Promise((resolve) => {
      child.once('error', (error) => events.onLine(part, error.message));
      child.once('close', (code, signal) => {
        resolve();
        if (stopping) return;
        crashes = clock.now() - startedAtMs > soundAfterMs ? 1 : crashes + 1;
        const delayMs = restartDelayMs(crashes);
        events.onCrash(part, signal ?? `exit code ${code}`, crashes, delayMs);
        timer = setTimeout(start, delayMs);
      });
    });
  };
  start();

  return {
    part,
    stop: async (graceMs) => {
      stopping = true;
      clearTimeout(timer);
      child.kill('SIGTERM');
      const kill = setTimeout(() => killGroup(child), graceMs);
      await ended;
      clearTimeout(kill);
    },
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  process.kill(-child.pid, 'SIGKILL');
}
