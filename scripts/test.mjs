// `npm test`: every check of the house, in the order in which they are cheap. Prints what ran and how long it took; the
// last line counts each test of the two suites and each other check as one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, 'node_modules/.cache/reports');
const bin = (name) => join(root, 'node_modules/.bin', name);

const checks = [
  { name: 'types', command: [bin('tsc'), '-b'] },
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'dead code', command: [bin('knip'), '--no-config-hints'] },
  { name: 'boundaries', command: [process.execPath, 'scripts/boundaries.mjs'] },
  { name: 'own paths', command: [process.execPath, 'scripts/own-paths.mjs'] },
  { name: 'lockfile, macOS on arm64', command: dryInstallFor('darwin') },
  { name: 'lockfile, Linux on arm64', command: dryInstallFor('linux') },
];
const suites = ['unit', 'e2e'];

const rows = [];
mkdirSync(reports, { recursive: true });
for (const { name, command } of checks) measure(name, () => one(run(command)));
for (const name of suites) measure(name, () => suite(name));

const width = Math.max(...rows.map(({ name }) => name.length));
for (const { name, passed, failed, seconds } of rows)
  say(`${name.padEnd(width)}  ${failed > 0 ? 'FAILED' : 'ok    '}  ${passed} passed  ${seconds} s`);
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
say(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 ? 1 : 0;

function measure(name, work) {
  say(`\n── ${name}`);
  const startedAt = performance.now();
  const counts = work();
  rows.push({ name, ...counts, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
}

function run([program, ...args]) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

function one(passes) {
  return passes ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A suite that ends without a report, or fails outside its tests, counts as one failure. */
function suite(project) {
  const file = join(reports, `${project}.json`);
  rmSync(file, { force: true });
  const passes = run([
    bin('vitest'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'));
    if (numPendingTests > 0) say(`${numPendingTests} tests of ${project} do not apply to this machine`);
    return { passed: numPassedTests, failed: Math.max(numFailedTests, passes ? 0 : 1) };
  } catch (error) {
    say(`no report of ${project}: ${error.message}`);
    return one(false);
  }
}

/** npm's own plan of an install on another machine: fails when the lockfile lacks that machine's binaries. */
function dryInstallFor(os) {
  return [
    'npm',
    'ci',
    `--os=${os}`,
    '--cpu=arm64',
    '--dry-run',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
