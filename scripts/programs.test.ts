import { getPriority, tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { programs } from './programs.mjs';

const node = (script: string) => [process.execPath, '-e', script] as const;
function started() {
  const said: string[] = [];
  return { said, ...programs({ cwd: tmpdir(), say: (line) => void said.push(line) }) };
}

test('programs run beside each other, and each line says whose it is', async () => {
  const { run, said } = started();
  const heard: string[] = [];
  const both = await Promise.all([
    run('one', node('console.log("a"); console.error("b"); process.stdout.write("no end of line")')),
    run('two', node('console.log("c")'), { hear: (line) => void heard.push(line) }),
  ]);
  expect(heard).toEqual(['c']);
  expect(both).toEqual([true, true]);
  expect(said.toSorted()).toEqual(['one │ a', 'one │ b', 'one │ no end of line', 'two │ c']);
});

test('a program that fails, is killed or is not there has not ended well', async () => {
  const { run, said } = started();
  expect(await run('fails', node('process.exit(3)'))).toBe(false);
  expect(await run('killed', node('process.kill(process.pid, "SIGKILL")'))).toBe(false);
  expect(await run('missing', ['/nonexistent/program'])).toBe(false);
  expect(said).toEqual([
    'killed │ was ended by SIGKILL',
    expect.stringMatching(/^missing │ cannot be started: .*ENOENT/),
  ]);
});

test('what is to stand back gets less of the processors, with all that it starts', async () => {
  const { run, said } = started();
  const tell = 'console.log(String(require("os").getPriority()))';
  const first = 'const { execFileSync } = require("child_process");';
  const second = `process.stdout.write(execFileSync(process.execPath, ["-e", ${JSON.stringify(tell)}]));`;
  expect(await run('nice', node(first + second), { niceness: 7 })).toBe(true);
  expect(await run('plain', node(tell))).toBe(true);
  expect(said).toEqual(['nice │ 7', `plain │ ${getPriority()}`]);
});

test('a signal ends all that run, and nothing starts after it', async () => {
  const { run, said, stop } = started();
  const forever = 'console.log("up"); setInterval(() => {}, 1000)';
  const both = [run('one', node(forever)), run('two', node(forever))];
  await vi.waitFor(() => expect(said).toHaveLength(2), { timeout: 60_000 });
  stop('SIGTERM');
  expect(await Promise.all(both)).toEqual([false, false]);
  expect(await run('late', node('console.log("late")'))).toBe(false);
  expect(said).toHaveLength(2);
});
