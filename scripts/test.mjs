// `npm test`: every check of the house. The quick ones come first, then both suites side by side (one after the other with
// HEXKEY_PROOF=full), and beside the longer one the slow checks, after them with HEXKEY_SERVICES=1 what `npm run test:services` runs, and in
// whatever time of the processors nobody else wants the schedules of crashes. Prints
// what ran and how long it took, and again what failed; the last line counts each test of the suites and each other check as one.
import { mkdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failureLines, mostLines } from './failures.mjs';
import { programs } from './programs.mjs';
import { readReport } from './read-report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, 'node_modules/.cache/reports');
const bin = (name) => join(root, 'node_modules/.bin', name);
const { run, stop } = programs({ cwd: root, say });

const wholeProof = process.env.HEXKEY_PROOF === 'full';
const quickChecks = [
  { name: 'types', command: [bin('tsc'), '-b'] },
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'dead code', command: [bin('knip'), '--no-config-hints'] },
  { name: 'boundaries', command: [process.execPath, 'scripts/boundaries.mjs'] },
  { name: 'own paths', command: [process.execPath, 'scripts/own-paths.mjs'] },
];
const slowChecks = [
  {
    name: 'PIN model',
    // HEXKEY_PROOF=full also explores 3 of 5 nodes, which takes minutes.
    command: [
      process.execPath,
      '--import',
      'tsx',
      'packages/pin-model/src/main.ts',
      process.env.HEXKEY_PROOF ?? '',
    ],
  },
  { name: 'lockfile, macOS on arm64', command: dryInstallFor('darwin') },
  { name: 'lockfile, Linux on arm64', command: dryInstallFor('linux') },
];
// The suites that they run beside have the other core.
const services = [process.execPath, '--import', 'tsx', 'scripts/test-services.mjs', '--maxWorkers=1'];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    stop(signal);
    process.exitCode = 128 + constants.signals[signal];
  });

const rows = [];
mkdirSync(reports, { recursive: true });
const [types, ...others] = quickChecks;
await Promise.all([inTurn([types]), inTurn(others)]);
// Not all three at once: on two cores the suites' own limits of time would run out. The whole proof takes its time anyway, and there
// no test shall fail because another suite had the machine.
if (wholeProof) {
  await suite('unit');
  await Promise.all([suite('e2e'), theRest(), schedules()]);
} else {
  const suites = [suite('unit'), suite('e2e')];
  await Promise.all([...suites, Promise.race(suites).then(() => Promise.all([theRest(), schedules()]))]);
}

const width = Math.max(...rows.map(({ name }) => name.length));
for (const { name, passed, failed, seconds } of rows)
  say(`${name.padEnd(width)}  ${failed > 0 ? 'FAILED' : 'ok    '}  ${passed} passed  ${seconds} s`);
for (const { name, failures } of rows) for (const line of failureLines(name, failures)) say(line);
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
say(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode ??= sum('failed') > 0 ? 1 : 0;

/** Beside a suite: one file of journeys at a time leaves half of two cores idle. */
async function theRest() {
  await inTurn(slowChecks);
  if (process.env.HEXKEY_SERVICES === '1') await suite('services', services);
}

/** Thousands of processes, each killed: beside everything else, and last in the queue for a processor. */
function schedules() {
  return suite('schedules', vitestOf('schedules'), 10);
}

async function inTurn(checks) {
  for (const { name, command } of checks)
    await measure(name, async () => {
      const { passes, failures } = await heardOut(name, command);
      return { passed: passes ? 1 : 0, failed: passes ? 0 : 1, failures };
    });
}

/** A suite that ends without a report, or fails outside its tests, counts as one failure. */
function suite(project, command = vitestOf(project), niceness = 0) {
  return measure(project, async () => {
    const file = reportOf(project);
    rmSync(file, { force: true });
    const run = await heardOut(project, command, niceness);
    try {
      const { passed, pending, failures } = readReport(file, root);
      if (pending > 0) say(`${pending} tests of ${project} do not apply to this machine`);
      const all = failures.length > 0 ? failures : run.failures;
      return { passed, failed: all.length, failures: all };
    } catch (error) {
      say(`no report of ${project}: ${error.message}`);
      return { passed: 0, failed: 1, failures: run.failures };
    }
  });
}

function vitestOf(project) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(project)}`];
  return [bin('vitest'), 'run', '--project', project, ...reporters];
}

function reportOf(project) {
  return join(reports, `${project}.json`);
}

/** Runs a program; when it fails, with what it said last. */
async function heardOut(name, command, niceness = 0) {
  const last = [];
  const hear = (line) => {
    if (last.push(line) > mostLines) last.shift();
  };
  const passes = await run(name, command, { hear, niceness });
  return { passes, failures: passes ? [] : [{ name: 'its last lines', message: last.join('\n') }] };
}

async function measure(name, work) {
  const startedAt = performance.now();
  const counts = await work();
  rows.push({ name, ...counts, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
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
