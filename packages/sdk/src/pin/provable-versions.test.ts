import { describe, expect, test } from 'vitest';
import { aSurvey } from '../testing/a-survey.ts';
import { missingVersion, provableVersions } from './provable-versions.ts';

const survey = (nodes: string) => aSurvey(nodes.split(' '));
const provable = (nodes: string, pending = 0) => {
  const found = provableVersions(survey(nodes), pending);
  if (found === null) return null;
  const names = found.candidates.map(({ version }) => String.fromCharCode(version[0] as number)).join('');
  return found.contested ? `${names} contested` : names;
};

describe('the records a PIN may be proven against', () => {
  test.each(['A A A A A', 'A a a - -', '- a a A ?', 'A A A ? ?', 'A A A b b', 'A A A B B'])(
    '%s: one, on t nodes and committed',
    (nodes) => {
      expect(provable(nodes)).toBe('A');
    },
  );

  test.each(['a a a a a', 'A A - - -', 'A A ? ? -', '? ? ? ? ?'])('%s: none', (nodes) => {
    expect(provable(nodes)).toBe(null);
  });

  test.each(['Ab Ab Ab Ab Ab', 'B Ab Ab Ab Ab', 'B B Ab Ab Ab', 'Ab Ab Ab A A', '? ? Ab Ab Ab'])(
    '%s: an interrupted change leaves two, the newer first',
    (nodes) => {
      expect(provable(nodes)).toBe('BA contested');
    },
  );

  test('a change that t nodes have committed is over, whoever missed it', () => {
    expect(provable('B B B Ab Ab')).toBe('B');
    expect(provable('B B B A A')).toBe('B');
    expect(provable('B B B A ?')).toBe('B');
  });

  test('a version that nodes which are away could make provable contests the other', () => {
    expect(provable('Ab Ab A A ?')).toBe('A contested');
    expect(provable('B Ab Ab ? ?')).toBe('B contested');
    expect(provable('Ab A A A ?')).toBe('A');
  });

  test('t equal answers are enough, unless a node has shown another version that could still be good', () => {
    expect(provable('A A A ? ?', 2)).toBe('A');
    expect(provable('A A ? ? ?', 3)).toBe(null);
    expect(provable('Ab A A ? ?', 2)).toBe(null);
    expect(provable('Ab A A A ?', 1)).toBe('A');
  });
});

test('the record is missing only when the silent nodes could not make up for it', () => {
  expect(missingVersion(survey('- - - - -')).name).toBe('PinRecordMissing');
  expect(missingVersion(survey('A A - - -')).name).toBe('PinRecordMissing');
  expect(missingVersion(survey('A - - ? -')).name).toBe('PinRecordMissing');
  expect(missingVersion(survey('A A - ? -')).details).toEqual({ reachable: 2, needed: 3 });
  expect(missingVersion(survey('- - ? ? ?')).details).toEqual({ reachable: 0, needed: 3 });
});
