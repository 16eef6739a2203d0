import { expect, test } from 'vitest';
import { standingAlone, withoutClock } from './standing-alone.ts';

test('a code that a line tells is found, one that lies in a time or an identifier is not', () => {
  for (const told of [
    '{"code":"1825"}',
    '{"code":1825}',
    'The code is 1825.',
    '/recovery-contact/codes/1825',
    'code: 1825, sent',
    '?code=1825',
  ])
    expect(told).toMatch(standingAlone('1825'));
  for (const chance of [
    '{"time":1795920101633,"id":"0a1825"}',
    '6f1e-1825-4b',
    'eyJ.1825.x',
    withoutClock('{"level":30,"time":1825,"pid":1825,"ms":1825.5}'),
  ])
    expect(chance).not.toMatch(standingAlone('1825'));
});
