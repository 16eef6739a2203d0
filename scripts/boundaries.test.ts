import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('..', import.meta.url));
const planted: string[] = [];
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true });
});

test.each([
  ['no-cycles', { 'apps/api/src/a.ts': "import './b.ts';", 'apps/api/src/b.ts': "import './a.ts';" }],
  ['resolvable', { 'apps/api/src/a.ts': "import './gone.ts';" }],
  ['protocol-is-pure', { 'packages/protocol/src/a.ts': "import { readFileSync } from 'node:fs';" }],
  [
    'contract-knows-protocol-only',
    { 'packages/contract/src/a.ts': "import '../../sdk/src/b.ts';", 'packages/sdk/src/b.ts': '' },
  ],
  [
    'sdk-knows-contract-protocol-and-group-crypto-only',
    {
      'packages/sdk/src/a.ts': "import type { B } from '../../../apps/api/src/b.ts';",
      'apps/api/src/b.ts': 'export type B = 1;',
    },
  ],
  [
    'packages-know-no-app',
    { 'packages/testing/src/a.ts': "import '../../../apps/api/src/b.ts';", 'apps/api/src/b.ts': '' },
  ],
  [
    'apps-do-not-know-each-other',
    { 'apps/web/src/a.tsx': "import '../../api/src/b.ts';", 'apps/api/src/b.ts': '' },
  ],
  [
    'servers-do-not-use-the-sdk',
    { 'apps/pin-node/src/a.ts': "import '../../../packages/sdk/src/b.ts';", 'packages/sdk/src/b.ts': '' },
  ],
  [
    'gpl-is-for-tests',
    {
      'packages/group-crypto/src/a.test.ts': "import '../../mls-interop/src/b.ts';",
      'packages/mls-interop/src/b.ts': '',
    },
  ],
  ['gpl-is-for-tests', { 'apps/web/src/a.ts': "import '@wireapp/core-crypto/browser';" }],
  [
    'testing-is-for-tests',
    { 'apps/api/src/a.ts': "import '../../../packages/testing/src/b.ts';", 'packages/testing/src/b.ts': '' },
  ],
  [
    'apps-do-not-know-each-other',
    {
      'apps/web/src/a.tsx': "import '../../api/src/b.ts'; export const A = () => <b>x</b>;",
      'apps/api/src/b.ts': '',
    },
  ],
  [
    'ui-knows-no-domain',
    { 'apps/web/src/ui/a.tsx': "import '../unlock/b.ts';", 'apps/web/src/unlock/b.ts': '' },
  ],
])('a planted violation of %s is found', (rule, files) => {
  const { status, stdout } = check(plant(files));
  expect(stdout).toContain(`${rule}: `);
  expect(status).toBe(1);
});

test('tests may put apps together, and what is allowed passes', () => {
  const root = plant({
    'apps/api/src/a.test.ts': "import '../../web/src/b.ts'; import './c.ts';",
    'apps/api/src/c.ts': "import { readFileSync } from 'node:fs';",
    'apps/web/src/b.ts': '',
  });
  const { status, stdout } = check(root);
  expect(stdout).toBe('0 boundary violations in 4 files with 3 imports\n');
  expect(status).toBe(0);
});

test('the real check reads the TypeScript files and the workspace packages behind their names', () => {
  const { stdout } = check(repository);
  const [, files, imports] = / in (\d+) files with (\d+) imports/.exec(stdout) ?? [];
  expect(Number(files)).toBeGreaterThan(100);
  expect(Number(imports)).toBeGreaterThan(200);
});

function plant(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  planted.push(root);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function check(root: string) {
  const script = join(repository, 'scripts/boundaries.mjs');
  return spawnSync(process.execPath, [script, root], { cwd: repository, encoding: 'utf8' });
}
