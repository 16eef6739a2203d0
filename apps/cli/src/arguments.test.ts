import { expect, test } from 'vitest';
import { parseArguments } from './arguments.ts';
import { commands } from './commands.ts';
import { helpText } from './help.ts';
import { optionTable } from './options.ts';
import { chooseServer } from './profile/choose-server.ts';
import { openProfileFolder } from './profile/profile-folder.ts';
import { UsageError } from './usage-error.ts';

const problemOf = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
};

test('the longest command wins, and parameters are counted', () => {
  expect(parseArguments(['devices']).command?.name).toBe('devices');
  expect(parseArguments(['devices', 'end', 'x'])).toMatchObject({
    command: { name: 'devices end' },
    parameters: ['x'],
  });
  expect(problemOf(() => parseArguments(['devices', 'end']))).toContain('takes ID');
  expect(parseArguments([]).command).toBe(null);
});

test.each([
  [['pin', 'verify', '314159']],
  [['314159']],
  [['pin', 'verify', '--pin=314159']],
  [['pin', 'verify', '--pin', '314159']],
  [['pin', 'verify', '--314159']],
  [['whoami', '--pin-stdin']],
])('%j is refused, and what was typed is not repeated', (args) => {
  const problem = problemOf(() => parseArguments(args));
  expect(problem).not.toBe('');
  expect(problem).not.toContain('314159');
});

test('no option takes a secret', () => {
  const valued = Object.entries(optionTable).filter(([, { type }]) => type === 'string');
  expect(valued.map(([name]) => name).sort()).toEqual(
    [
      'asset',
      'before',
      'data-dir',
      'device-name',
      'limit',
      'memo',
      'operator-key',
      'profile',
      'rpc',
      'seconds',
      'server',
      'sol',
    ].sort(),
  );
});

test('help names every command and option', () => {
  const all = [...helpText(null), ...commands.flatMap((command) => helpText(command))].join('\n');
  for (const { name } of commands) expect(all).toContain(name);
  for (const name of Object.keys(optionTable)) expect(all).toContain(`--${name}`);
});

test.each(['http://hexkey.example', 'https://hexkey.example/path', 'ftp://localhost', 'hexkey.example'])(
  'the server %s is refused: others could read what passes, or it is no origin',
  (server) => expect(problemOf(() => chooseServer({ server }, null))).toContain('--server'),
);

test('a profile keeps its server', () => {
  const settings = { server: 'https://a.example', operatorKey: '' };
  expect(chooseServer({}, settings)).toBe('https://a.example');
  expect(chooseServer({ server: 'https://a.example/' }, settings)).toBe('https://a.example');
  expect(problemOf(() => chooseServer({ server: 'https://b.example' }, settings))).toContain(
    'another server',
  );
  expect(chooseServer({}, null)).toBe('http://localhost:8080');
});

test('a profile name leads to no other folder, and without a home there is no default', () => {
  for (const profile of ['..', 'a/b', '', 'A'])
    expect(problemOf(() => openProfileFolder({ profile }, { HOME: '/nowhere' }))).toContain('profile name');
  expect(problemOf(() => openProfileFolder({}, { XDG_STATE_HOME: 'relative' }))).toContain('--data-dir');
});
