import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What makes all shares of a key at one place, in the library of the curves. In two halves, or this file would call it. */
const dealer = ['trusted', 'Dealer'].join('');

/** Shares out one share, which is no key, when the nodes change (ADR 61). */
const dealsShares = 'packages/protocol/src/wallet/threshold/re-share.ts';

test('nobody deals the key of a wallet, no fixture and no bench either: whoever made all shares had the key', () => {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.js'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '');
  expect(files.length).toBeGreaterThan(1000);
  const dealing = files.filter((file) => readFileSync(join(root, file), 'utf8').includes(dealer));
  expect(dealing).toEqual([dealsShares]);
});
