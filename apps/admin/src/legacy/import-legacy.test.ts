import { type AdminInput, maxLegacyRows } from '@hexkey/contract';
import { expect, test } from 'vitest';
import type { AskServer } from '../ask-server.ts';
import { importLegacy } from './import-legacy.ts';

const rows = 20_000;
const rowOf = (index: number) =>
  `+4915112${100_000 + index},$2a$04$abcdefghijklmnopqrstuuYQKNxgREyZpIATW0ygP/.cqCTNGIg5y\n`;

test('a file is never held: what was read and not yet asked about stays below two parts', async () => {
  let [read, asked, furthest] = [0, 0, 0];
  async function* file() {
    asked = 0;
    read = 0;
    yield new TextEncoder().encode('phone,hash\n');
    for (let index = 0; index < rows; index += 50) {
      read += 50;
      furthest = Math.max(furthest, read - asked);
      yield new TextEncoder().encode(Array.from({ length: 50 }, (_, place) => rowOf(index + place)).join(''));
    }
  }
  const commands: string[] = [];
  const ask: AskServer = async (command, input) => {
    const given = (input as AdminInput<'importLegacy'>).rows;
    expect(given.length).toBeLessThanOrEqual(maxLegacyRows);
    commands.push(command);
    asked += given.length;
    return { imported: given.length, unchanged: 0, refused: [] } as never;
  };
  expect(await importLegacy(ask, 'people.csv', file)).toEqual({ imported: rows, unchanged: 0, refused: [] });
  expect(furthest).toBeLessThan(2 * maxLegacyRows);
  // Every part is checked before the first is written.
  expect(commands.lastIndexOf('checkLegacy')).toBeLessThan(commands.indexOf('importLegacy'));
});

test('a number that stands twice in a file, however far apart, is found before anything is written', async () => {
  async function* file() {
    const lines = Array.from({ length: 600 }, (_, index) => rowOf(index)).join('');
    yield new TextEncoder().encode(`phone,hash\n${lines}${rowOf(7)}`);
  }
  const asked: string[] = [];
  const ask: AskServer = async (command) => {
    asked.push(command);
    return { imported: 1, unchanged: 0, refused: [] } as never;
  };
  expect(await importLegacy(ask, 'people.csv', file)).toMatchObject({
    imported: 0,
    refused: [{ line: 602, problem: 'number-twice' }],
  });
  expect(asked).not.toContain('importLegacy');
});

test('a file that changes between the check and the import is imported as far as it was good', async () => {
  let reads = 0;
  async function* file() {
    reads += 1;
    yield new TextEncoder().encode(`phone,hash\n${rowOf(1)}${reads === 1 ? rowOf(2) : '"broken\n'}`);
  }
  const asked: string[] = [];
  const ask: AskServer = async (command) => {
    asked.push(command);
    return { imported: 1, unchanged: 0, refused: [] } as never;
  };
  expect(await importLegacy(ask, 'people.csv', file)).toEqual({
    imported: 0,
    unchanged: 0,
    refused: [{ line: 3, problem: 'record' }],
  });
  expect(asked).toEqual(['checkLegacy']);
});
