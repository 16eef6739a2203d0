// `npm run test:services`: the suites that touch a database once more, on a real PostgreSQL that is started for them and
// thrown away, and the whole of `npm start` over one. Without PostgreSQL it fails: a suite that was skipped looks green.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@hexkey/testing';
import { failureLines } from './failures.mjs';
import { readReport } from './read-report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, 'node_modules/.cache/reports');
const report = join(reports, 'services.json');

// What is written here is thrown away in minutes, and each test file has a few instances of ten connections.
const server = await startPostgres({ fsync: 'off', max_connections: '200' });
if (server === null) {
  say('test:services needs PostgreSQL (initdb and pg_ctl): on Debian and Ubuntu, apt install postgresql');
  end(0, 1);
} else {
  mkdirSync(reports, { recursive: true });
  rmSync(report, { force: true });
  const arguments_ = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const suites = spawn(
    join(root, 'node_modules/.bin/vitest'),
    ['run', '--project', 'services', ...arguments_, ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit', env: { ...process.env, HEXKEY_TEST_POSTGRES: server.urlOf('postgres') } },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => suites.kill(signal));
  const [code] = await once(suites, 'exit');
  await server.stop();
  count(code === 0);
}

/** A run that ends without a report, or fails outside its tests, counts as one failure. */
function count(passes) {
  try {
    const { passed, failures } = readReport(report, root);
    for (const line of failureLines('services', failures)) say(line);
    end(passed, Math.max(failures.length, passes ? 0 : 1));
  } catch (error) {
    say(`no report of the services: ${error.message}`);
    end(0, 1);
  }
}

function end(passed, failed) {
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
