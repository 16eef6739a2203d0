// Checks the import boundaries of .dependency-cruiser.cjs: `node scripts/boundaries.mjs [ROOT]`.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(import.meta.url);
const { forbidden, options } = require('../.dependency-cruiser.cjs');

// dependency-cruiser 17 asks swc for TypeScript but never for TSX, and stops at the first JSX element.
const swc = require('@swc/core');
const parseFileSync = swc.parseFileSync;
swc.parseFileSync = (file, settings) => parseFileSync(file, { ...settings, tsx: file.endsWith('x') });
const { cruise } = await import('dependency-cruiser');

const root = resolve(process.argv[2] ?? '.');
const folders = ['apps', 'packages', 'e2e', 'bench'].filter((folder) => existsSync(resolve(root, folder)));

const { output } = await cruise(folders, {
  ...options,
  baseDir: root,
  validate: true,
  ruleSet: { forbidden },
});
for (const { rule, from, to } of output.summary.violations)
  process.stdout.write(`${rule.name}: ${from} → ${to}\n`);
const { violations, totalCruised, totalDependenciesCruised } = output.summary;
process.stdout.write(
  `${violations.length} boundary violations in ${totalCruised} files with ${totalDependenciesCruised} imports\n`,
);
process.exitCode = violations.length > 0 ? 1 : 0;
