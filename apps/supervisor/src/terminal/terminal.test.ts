import { expect, test } from 'vitest';
import { logLine, paintFor } from './log-line.ts';
import { table } from './table.ts';
import { terminalOn } from './terminal.ts';

const plain = paintFor(false);

test('a JSON line becomes prefix, level, message and what else it says', () => {
  const line = JSON.stringify({ level: 40, time: 1, pid: 2, hostname: 'h', msg: 'late', node: 'a', ms: 7 });
  expect(logLine('api', line, plain)).toBe('api warn late node=a ms=7');
});

test('what is not JSON stays as it is', () => {
  for (const line of ['Error: no', '{broken', '']) expect(logLine('api', line, plain)).toBe(`api ${line}`);
});

test('colours appear on a terminal only, one for each part', () => {
  const written: string[] = [];
  const terminal = terminalOn((text) => written.push(text), true);
  terminal.name(['api', 'outbox']);
  for (const name of ['api', 'outbox']) terminal.log({ name, args: [], env: {}, seats: [] }, 'x');
  const colours = written.map((text) => text.slice(0, 5));
  expect(new Set(colours).size).toBe(2);
  expect(written.every((text) => text.startsWith('\u001b['))).toBe(true);
});

test('columns are as wide as their widest cell', () => {
  expect(table(['part', 'state'], [['front-door', 'ok']])).toBe(
    'part        state\n----------  -----\nfront-door  ok',
  );
});
