import { createDeviceLog, type LogStore } from '@hexkey/sdk';
import { fixedClock } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { lastLines } from './last-lines.ts';

const clock = fixedClock('2030-01-01T00:00:00Z');
const openStore = (): LogStore => {
  const kept: string[] = [];
  return { append: async (text) => void kept.push(text), read: async () => kept.join('') };
};
const loggedTimes = async (times: number) => {
  const log = createDeviceLog({ clock, store: openStore() });
  for (let time = 0; time < times; time += 1)
    log.note({ event: 'call', route: 'health', outcome: 'ok', ms: time });
  return log;
};
const lineOf = (time: number) => `2030-01-01T00:00:00.000Z call health ok ${time}ms`;

test.each([
  [0, 0],
  [1, 0],
  [256, 0],
  [257, 1],
  [1000, 744],
])('of %i lines those from number %i on are copied: 256 at most, the newest last', async (kept, first) => {
  const log = await loggedTimes(kept);
  const expected = Array.from({ length: kept - first }, (_, index) => lineOf(first + index));
  expect(lastLines(await log.lines())).toBe(expected.join('\n'));
});

test('what was never to be written is in none of the lines that are copied', async () => {
  const log = await loggedTimes(300);
  for (const secret of ['271828', '+4915112345678', 'legal winner thank', '/help?q=0417']) {
    log.note({ event: 'page', page: secret });
    log.note({ event: 'bug', name: secret });
    log.note({ event: 'call', route: secret, outcome: 'ok', ms: 1 });
  }
  log.note({ event: 'call', route: 'health', outcome: 271_828, ms: 1 });
  const copied = lastLines(await log.lines());
  expect(copied).toBe(lastLines(await (await loggedTimes(300)).lines()));
  expect(copied).not.toMatch(/271828|\d{7}|legal|0417/);
});
