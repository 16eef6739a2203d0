import { describe, expect, test } from 'vitest';
import { aSurvey } from '../testing/a-survey.ts';
import { firstSetStand } from './first-set-stand.ts';

const survey = (nodes: string) => aSurvey([...nodes]);

describe('where a first set stopped', () => {
  test.each(['-----', 'aaaaa', 'aa---', 'aabbb', 'AAbbb'])(
    '%s: nothing counts, it is begun anew',
    (nodes) => {
      expect(firstSetStand(survey(nodes))).toEqual({ stand: 'not-begun' });
    },
  );

  test.each(['Aaaaa', 'AAAAA', 'Aaa--', 'Aaa??', 'AAAbb'])(
    '%s: committed somewhere and on t nodes, it is finished',
    (nodes) => {
      expect(firstSetStand(survey(nodes))).toMatchObject({ stand: 'interrupted' });
    },
  );

  test.each(['aaa??', 'aaaa?'])('%s: an away node may have committed it, so it is not replaced', (nodes) => {
    expect(firstSetStand(survey(nodes))).toMatchObject({ stand: 'interrupted' });
  });

  test.each(['A--??', 'Aa--?'])('%s: committed, but nodes it needs are away', (nodes) => {
    expect(() => firstSetStand(survey(nodes))).toThrow(expect.objectContaining({ name: 'NodesUnavailable' }));
  });
});
