import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundlePrograms } from '@hexkey/testing';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { processIdentity } from './process-identity.ts';
import { LockHeldError, takeProcessLock } from './process-lock.ts';

let folder = '';
let program = '';
const children: ChildProcessWithoutNullStreams[] = [];
const lock = () => join(folder, 'a.lock');
const dead = JSON.stringify({ pid: 2 ** 22, identity: 'gone' });

beforeAll(async () => {
  [program] = await bundlePrograms(['packages/process-lock/src/process-lock.ts']);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-lock-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A process that runs a script to which `takeProcessLock` is known, one line in, one line out. */
function contender(script: string) {
  const source = `import { takeProcessLock } from ${JSON.stringify(program)};
    import { createInterface } from 'node:readline';
    createInterface({ input: process.stdin }).on('line', (line) => { ${script} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source]);
  children.push(child);
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<string> => {
    child.stdin.write(`${line}\n`);
    const { value } = await lines.next();
    return String(value);
  };
  return { child, ask };
}

test('of eight processes that find a dead one’s lock at the same instant exactly one gets it', async () => {
  const racers = Array.from({ length: 8 }, () =>
    contender(`
      const [path, atMs] = line.split(' ');
      while (Date.now() < Number(atMs));
      try { takeProcessLock(path); console.log('won'); } catch (error) { console.log(error.name); }`),
  );
  await Promise.all(racers.map(({ ask }) => ask(`${join(folder, 'warm-up')} 0`)));
  for (let round = 0; round < 60; round += 1) {
    const path = join(folder, String(round), 'a.lock');
    mkdirSync(join(folder, String(round)));
    writeFileSync(path, dead);
    const start = Date.now() + 4;
    const outcomes = await Promise.all(racers.map(({ ask }) => ask(`${path} ${start}`)));
    expect(
      outcomes.filter((outcome) => outcome === 'won'),
      `round ${round}: ${outcomes}`,
    ).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'LockHeldError')).toHaveLength(7);
    expect(readdirSync(join(folder, String(round)))).toEqual(['a.lock']);
  }
});

test('the lock of a running process is refused by its number; killed, it is free', async () => {
  const { child, ask } = contender(`takeProcessLock(line); console.log('taken');`);
  expect(await ask(lock())).toBe('taken');
  expect(() => takeProcessLock(lock())).toThrow(new LockHeldError(child.pid ?? 0));
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  takeProcessLock(lock())();
  expect(existsSync(lock())).toBe(false);
});

test('one process takes a lock once; given back, it is free', () => {
  const release = takeProcessLock(lock());
  expect(() => takeProcessLock(lock())).toThrow(LockHeldError);
  expect(JSON.parse(readFileSync(lock(), 'utf8')).pid).toBe(process.pid);
  release();
  takeProcessLock(lock())();
});

test.each([
  ['', 'cut off by a power cut'],
  ['nonsense', 'not ours'],
  ['null', 'not ours either'],
  [dead, 'of a dead process'],
  [`{"pid":${process.pid},"identity":"an earlier process"}`, 'of a dead process whose number is used again'],
  ['{"pid":4194304,"identity":null}', 'without a start time'],
])('a lock nobody holds is taken over: %s (%s)', (content) => {
  writeFileSync(lock(), content);
  takeProcessLock(lock())();
  expect(readdirSync(folder)).toEqual([]);
});

test('a process that died while it replaced a dead one’s lock stands in nobody’s way', () => {
  writeFileSync(lock(), dead);
  const digest = createHash('sha256').update(dead).digest('hex');
  writeFileSync(`${lock()}.after-${digest.slice(0, 12)}`, '{"pid":4194304,"identity":"gone too"}');
  takeProcessLock(lock())();
  expect(readdirSync(folder)).toEqual([]);
});

test('a running process keeps its identity, a missing one has none', () => {
  expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
  expect(processIdentity(process.pid)).not.toBe(processIdentity(process.ppid));
  expect(processIdentity(2 ** 30)).toBeNull();
});
