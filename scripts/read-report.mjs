import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * What a suite's report in vitest's JSON format comes to.
 *
 * @param {string} file
 * @param {string} root folder that test files are named from
 * @returns {{ passed: number, pending: number, failures: readonly { name: string, message: string }[] }} each failed test by file and
 *   name with its first error, and each file that failed outside its tests
 */
export function readReport(file, root) {
  const { numPassedTests, numPendingTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const tests = assertionResults.filter((one) => one.status === 'failed');
    if (status === 'failed' && tests.length === 0) return [{ name: file, message: message ?? '' }];
    return tests.map(({ fullName, failureMessages }) => ({
      name: `${file} ${fullName}`,
      message: failureMessages?.[0] ?? '',
    }));
  });
  return { passed: numPassedTests, pending: numPendingTests, failures };
}
