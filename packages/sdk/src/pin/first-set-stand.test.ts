import type { HeldVersion } from '@hexkey/protocol';
import { describe, expect, test } from 'vitest';
import { firstSetStand } from './first-set-stand.ts';
import { guardingVersion, missingVersion } from './guarding-version.ts';
import type { Survey } from './survey-nodes.ts';

type Letter = 'A' | 'a' | 'B' | 'b' | '-' | '?';

/**
 * Five nodes, three of which open a record, one letter each: `A` has version A committed, `a` staged, `-` holds nothing, `?` did not
 * answer.
 */
function survey(nodes: string): Survey {
  const letters = [...nodes] as Letter[];
  const held = new Map(
    letters.flatMap((letter, node): [string, HeldVersion[]][] => {
      if (letter === '?') return [];
      if (letter === '-') return [[String(node), []]];
      const version = new Uint8Array(16).fill(letter.toUpperCase().charCodeAt(0));
      const state = letter === letter.toUpperCase() ? 'committed' : 'staged';
      return [[String(node), [{ version, state, nodeSetHash: null }]]];
    }),
  );
  return { held, unanswered: letters.filter((letter) => letter === '?').length, threshold: 3 };
}

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

describe('the record that guards an account', () => {
  test.each(['AAAAA', 'Aaa--', '-aaA?', 'AAA??', 'AAAbb'])(
    '%s: is on t nodes and committed at one',
    (nodes) => {
      expect(guardingVersion(survey(nodes))?.version[0]).toBe('A'.charCodeAt(0));
    },
  );

  test.each(['aaaaa', 'AA---', 'AA??-'])('%s: is not there', (nodes) => {
    expect(guardingVersion(survey(nodes))).toBe(null);
  });

  test('is missing only when the silent nodes could not make up for it', () => {
    expect(missingVersion(survey('-----')).name).toBe('PinRecordMissing');
    expect(missingVersion(survey('AA---')).name).toBe('PinRecordMissing');
    expect(missingVersion(survey('A--?-')).name).toBe('PinRecordMissing');
    expect(missingVersion(survey('AA-?-')).details).toEqual({ reachable: 2, needed: 3 });
    expect(missingVersion(survey('--???')).details).toEqual({ reachable: 0, needed: 3 });
  });
});
