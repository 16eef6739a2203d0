import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readReport } from './read-report.mjs';

test('each failed test is named with its file and its first error, and a file that fails outside its tests too', () => {
  const root = mkdtempSync(join(tmpdir(), 'report-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const file = join(root, 'unit.json');
  const testResults = [
    {
      name: join(root, 'a.test.ts'),
      status: 'failed',
      assertionResults: [
        { fullName: 'a rule holds', status: 'passed' },
        { fullName: 'a rule is broken', status: 'failed', failureMessages: ['expected 1 to be 2', 'a hook'] },
        { fullName: 'another is broken', status: 'failed', failureMessages: [] },
      ],
    },
    {
      name: join(root, 'b.test.ts'),
      status: 'failed',
      message: 'a.ts cannot be found',
      assertionResults: [],
    },
    { name: join(root, 'c.test.ts'), status: 'passed', assertionResults: [] },
  ];
  writeFileSync(file, JSON.stringify({ numPassedTests: 1, numPendingTests: 2, testResults }));
  expect(readReport(file, root)).toEqual({
    passed: 1,
    pending: 2,
    failures: [
      { name: 'a.test.ts a rule is broken', message: 'expected 1 to be 2' },
      { name: 'a.test.ts another is broken', message: '' },
      { name: 'b.test.ts', message: 'a.ts cannot be found' },
    ],
  });
});
