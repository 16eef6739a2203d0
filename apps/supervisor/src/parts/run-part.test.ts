import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Part } from './part.ts';
import { restartDelayMs } from './restart-delay.ts';
import { type RunningPart, runPart } from './run-part.ts';

let folder = '';
let running: RunningPart | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'part-'));
});
afterEach(async () => {
  await running?.stop(1000);
  rmSync(folder, { recursive: true });
});

test('a part that crashes is started again, and said', async () => {
  const crashes: string[] = [];
  const lines: string[] = [];
  running = start("console.log('up ' + process.pid); setTimeout(() => process.exit(7), 50);", {
    onLine: (line) => lines.push(line),
    onCrash: (how) => crashes.push(how),
  });
  await vi.waitFor(() => expect(lines.length).toBeGreaterThanOrEqual(2), { timeout: 60_000 });
  expect(crashes[0]).toBe('exit code 7 1 500');
  expect(new Set(lines).size).toBe(lines.length);
});

test('a part is asked to end before it is made to', async () => {
  const file = join(folder, 'said');
  const lines: string[] = [];
  running = start(
    `process.on('SIGTERM', () => { require('node:fs').writeFileSync(${JSON.stringify(file)}, 'bye'); process.exit(0); });
     setInterval(() => {}, 1000); console.log('up');`,
    { onLine: (line) => lines.push(line) },
  );
  await vi.waitFor(() => expect(lines).toEqual(['up']), { timeout: 30_000 });
  await running.stop(5000);
  expect(readFileSync(file, 'utf8')).toBe('bye');
});

test('a part that does not listen is killed, with what it started', async () => {
  const lines: string[] = [];
  const forEver = 'setInterval(() => {}, 1000)';
  running = start(
    `process.on('SIGTERM', () => {}); ${forEver};
     require('node:child_process').spawn(process.execPath, ['-e', '${forEver}'], { stdio: 'inherit' });
     console.log('up');`,
    { onLine: (line) => lines.push(line) },
  );
  await vi.waitFor(() => expect(lines).toEqual(['up']), { timeout: 30_000 });
  // Its child holds the same output, so this ends only when both are gone.
  await running.stop(100);
  running = undefined;
});

test('waiting doubles with each crash in a row, up to half a minute', () => {
  expect([1, 2, 3, 4, 7, 8, 100].map(restartDelayMs)).toEqual([
    500, 1000, 2000, 4000, 30_000, 30_000, 30_000,
  ]);
});

function start(
  program: string,
  { onLine, onCrash }: { onLine?: (line: string) => void; onCrash?: (how: string) => void },
): RunningPart {
  const file = join(folder, 'program.cjs');
  writeFileSync(file, program);
  const part: Part = { name: 'part', args: [file], env: {}, seats: [] };
  return runPart(part, fixedClock(0), {
    onLine: (_part, line) => onLine?.(line),
    onCrash: (_part, how, crashes, delayMs) => onCrash?.(`${how} ${crashes} ${delayMs}`),
  });
}
