import { stripVTControlCharacters } from 'node:util';

// Room for fast-check's seed, path and counterexample, and for the difference of two objects.
export const mostLines = 25;
const mostColumns = 300;

/**
 * What failed, said so that the end of a long output is enough to know why: each name in a line of its own, under it the beginning of
 * what went wrong, each line after `  | ` (`.ci/run` finds both by how they begin).
 *
 * @param {string} suite
 * @param {readonly { name: string, message: string }[]} failures
 * @returns {string[]} lines
 */
export function failureLines(suite, failures) {
  return failures.flatMap(({ name, message }) => [
    `failed in ${suite}: ${name}`,
    ...beginningOf(message).map((line) => `  | ${line}`),
  ]);
}

function beginningOf(message) {
  const text = stripVTControlCharacters(message).trim();
  return text === '' ? [] : text.split(/\r?\n/, mostLines).map((line) => line.slice(0, mostColumns));
}
