import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { snapshotProgram } from './bundle-programs.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

const source = `
import { startupSnapshot } from 'node:v8';
import pg from 'pg';
const ranIn = process.pid;
startupSnapshot.setDeserializeMainFunction(() => {
  let refusal = '';
  try {
    new pg.Client();
  } catch (error) {
    refusal = (error as Error).message;
  }
  const heard = process.argv.slice(2);
  console.log(JSON.stringify({ ranIn, isElsewhere: ranIn !== process.pid, heard, refusal, guard: 'whole' }));
});
`;

function aProgram(): string {
  const cache = join(repository, 'node_modules/.cache/programs');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'snapshot-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const file = join(folder, 'some-program.ts');
  writeFileSync(file, source);
  return relative(repository, file);
}

test('each start goes on from where the file ended, once, in another process; a package is missing, and says so when it is used', async () => {
  const program = aProgram();
  const { file, execArgv } = await snapshotProgram(program);
  const started = async (word: string) =>
    JSON.parse((await run(process.execPath, [...execArgv, file, word])).stdout);
  const [one, two] = [await started('one'), await started('two')];
  const refusal = 'pg is not in the snapshot';
  expect(one).toMatchObject({ isElsewhere: true, heard: ['one'], refusal, guard: 'whole' });
  expect(two).toMatchObject({ ranIn: one.ranIn, heard: ['two'] });

  const broken = await snapshotProgram(program, [{ file: program, find: 'whole', replaceBy: 'broken' }]);
  const { stdout } = await run(process.execPath, [...broken.execArgv, broken.file]);
  expect(JSON.parse(stdout)).toMatchObject({ guard: 'broken' });
  const late = snapshotProgram(program, [{ file: program, find: 'no longer there', replaceBy: '' }]);
  await expect(late).rejects.toThrow('no longer there');
});
