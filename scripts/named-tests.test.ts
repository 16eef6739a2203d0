import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// The tables of coverage.md and ARCHITECTURE.md say which test keeps a promise. A test that is renamed, or gone, makes them lie.

const root = fileURLToPath(new URL('..', import.meta.url));
const testFiles = ['apps', 'packages', 'e2e', 'scripts'].flatMap(findTests);
/** What the table of the messenger calls by a word. */
const byWord = {
  journey: 'e2e/chats.e2e.ts',
  screens: 'e2e/chat-flows.e2e.ts',
  SDK: 'packages/sdk/src/chats/',
} as const;

interface Row {
  readonly where: string;
  /** All but what is promised. */
  readonly said: string;
}

test('every promise of coverage.md names a test, and each is there under its title', () => {
  const rows = rowsOf('docs/coverage.md');
  expect(rows.length).toBeGreaterThan(100);
  expect(wrongIn(rows)).toEqual([]);
  expect(unprovenIn(rows)).toEqual([]);
});

test('every test that ARCHITECTURE.md names is there under its title', () => {
  const rows = rowsOf('ARCHITECTURE.md');
  expect(rows.length).toBeGreaterThan(80);
  expect(wrongIn(rows)).toEqual([]);
});

test('a file that is not there, a title that is not in its file, and a row without a test are found', () => {
  const say = (said: string) => [{ where: 'here', said }];
  expect(wrongIn(say('`scripts/named-tests.test.ts` "a file that…are found"'))).toEqual([]);
  expect(wrongIn(say('`boundaries.test.ts` "a file that…are found"'))).toEqual([
    'here: no test "a file that…are found"',
  ]);
  expect(wrongIn(say('`e2e/{nothing,start}.e2e.ts`'))).toEqual(['here: no file e2e/nothing.e2e.ts']);
  expect(unprovenIn(say('article only'))).toEqual(['here: article only']);
  expect(unprovenIn(say('left out on purpose'))).toEqual([]);
});

/** Files and titles that are named and are not there. A title is looked for in the files of its row, and of the row before where one says "the same". */
function wrongIn(rows: readonly Row[]): readonly string[] {
  let before: readonly string[] = [];
  return rows.flatMap(({ where, said }) => {
    const named = filesNamedIn(said).map((name) => ({ name, files: filesEndingIn(name) }));
    const own = [...named.flatMap(({ files }) => files), ...filesByWord(said)];
    const inReach = saysTheSame(said) ? [...own, ...before] : own;
    before = inReach;
    return [
      ...named.filter(({ files }) => files.length === 0).map(({ name }) => `${where}: no file ${name}`),
      ...titlesIn(said)
        .filter((title) => !inReach.some((file) => hasTitle(file, title)))
        .map((title) => `${where}: no test "${title}"`),
    ];
  });
}

const unprovenIn = (rows: readonly Row[]) =>
  rows
    .filter(
      ({ said }) =>
        filesNamedIn(said).length + filesByWord(said).length === 0 &&
        !saysTheSame(said) &&
        !said.includes('left out on purpose'),
    )
    .map(({ where, said }) => `${where}: ${said}`);

/** Rows of the tables of a document, without their heads. */
function rowsOf(document: string): readonly Row[] {
  const lines = readFileSync(join(root, document), 'utf8').split('\n');
  const isRow = (line: string) => line.startsWith('| ');
  return lines.flatMap((line, index) => {
    if (!isRow(line) || lines[index + 1]?.startsWith('|--')) return [];
    const said = line.split(' | ').slice(1).join(' | ');
    return [{ where: `${document}:${index + 1}`, said }];
  });
}

const saysTheSame = (said: string) => /\bthe same\b/.test(said);

/** `a/{b,c}.test.ts` is two. */
function filesNamedIn(said: string): readonly string[] {
  return [...said.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => {
    const [, head = '', list, tail = ''] = /^(.*)\{([^}]+)\}(.*)$/.exec(code) ?? [];
    const names = list === undefined ? [code] : list.split(',').map((one) => `${head}${one}${tail}`);
    return names.filter((name) => /\.(?:test|e2e|services)\.tsx?$/.test(name));
  });
}

function filesEndingIn(name: string): readonly string[] {
  return testFiles.filter((file) => `/${file}`.endsWith(`/${name}`));
}

const filesByWord = (said: string) =>
  Object.entries(byWord).flatMap(([word, path]) =>
    new RegExp(`\\b${word}\\b`, 'i').test(said) ? testFiles.filter((file) => file.startsWith(path)) : [],
  );

const titlesIn = (said: string) => [...said.matchAll(/(?<=\s)"([^"]+)"/g)].map(([, title = '']) => title);

/** As somebody wrote it between quotation marks; an ellipsis stands for anything. */
function hasTitle(file: string, title: string): boolean {
  const parts = title.split('…').map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`['"\`]${parts.join('.*')}['"\`]`);
  return textOf(file).some((line) => pattern.test(line));
}

const texts = new Map<string, readonly string[]>();
function textOf(file: string): readonly string[] {
  const lines = texts.get(file) ?? readFileSync(join(root, file), 'utf8').split('\n');
  texts.set(file, lines);
  return lines;
}

function findTests(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return findTests(path);
    return /\.(?:test|e2e|services)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
