import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const library = dirname(dirname(dirname(fileURLToPath(import.meta.resolve('ts-mls')))));

interface Hunk {
  readonly file: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What a unified diff takes out of each file and puts in, hunk by hunk, the lines around it left out. */
function hunksOf(patch: string): readonly Hunk[] {
  return patch
    .split(/^diff --git /m)
    .slice(1)
    .flatMap((part) => {
      const file = /^\+\+\+ b\/node_modules\/ts-mls\/(.+)$/m.exec(part)?.[1] ?? '';
      return part
        .split(/^@@.*@@.*\n/m)
        .slice(1)
        .map((hunk) => {
          const lines = hunk.split('\n');
          const after = (sign: string) =>
            lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
          return { file, removed: after('-'), added: after('+') };
        });
    });
}

test('the installed ts-mls is the version of the patch, with all of the patch in it', () => {
  const { version } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8'));
  expect(version).toBe('1.6.4');
  const hunks = hunksOf(readFileSync(join(root, 'patches/ts-mls+1.6.4.patch'), 'utf8'));
  expect(hunks.length).toBeGreaterThan(6);
  for (const { file, removed, added } of hunks) {
    const source = readFileSync(join(library, file), 'utf8');
    for (const line of added) expect(source, `${file} lacks the patch: run npm ci`).toContain(line);
    expect(removed.length > 0 && source.includes(`${removed.join('\n')}\n`), file).toBe(false);
  }
});
