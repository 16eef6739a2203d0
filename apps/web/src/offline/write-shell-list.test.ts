import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ShellList } from './shell.ts';
import { writeShellList } from './write-shell-list.ts';

function aBuild(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'shell-list-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of ['assets', 'help/en', 'icons']) mkdirSync(join(folder, path), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const files = {
  'service-worker.js': 'start(__HEXKEY_SHELL__)',
  'index.html': 'page',
  'mark.svg': 'mark',
  'assets/main-1a2b.js': 'code',
  'assets/a-9f.js': 'more',
  'help/en/set-pin.webp': 'picture',
};

function listIn(folder: string): ShellList {
  const [, list = ''] = /^start\((.*)\)$/.exec(readFileSync(join(folder, 'service-worker.js'), 'utf8')) ?? [];
  return JSON.parse(list);
}

test('a build lists each of its files with its hash, the page as /, and neither itself nor pictures of the help', () => {
  const folder = aBuild(files);
  writeShellList(folder, 'index.html');
  const { files: listed } = listIn(folder);
  expect(Object.keys(listed).toSorted()).toEqual([
    '/',
    '/assets/a-9f.js',
    '/assets/main-1a2b.js',
    '/mark.svg',
  ]);
  expect(listed['/']).toBe(`sha256-${createHash('sha256').update('page').digest('base64')}`);
});

test('the same files make the same worker in whatever order they were written; one byte makes another version', () => {
  const [first, second, third] = [
    aBuild(files),
    aBuild(Object.fromEntries(Object.entries(files).reverse())),
    aBuild({ ...files, 'index.html': 'pages' }),
  ];
  for (const folder of [first, second, third]) writeShellList(folder, 'index.html');
  expect(listIn(second)).toEqual(listIn(first));
  expect(listIn(third).version).not.toBe(listIn(first).version);
});

test('a worker without a place for the list fails the build', () => {
  const folder = aBuild({ ...files, 'service-worker.js': 'start()' });
  expect(() => writeShellList(folder, 'index.html')).toThrow('0 places');
});
