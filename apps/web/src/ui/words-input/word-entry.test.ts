import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  emptyWords,
  phraseLengths,
  suggestionsFor,
  withCount,
  withPaste,
  wordsOfPaste,
} from './word-entry.ts';

const dictionary = ['abandon', 'ability', 'able', 'act', 'action', 'zoo'];
const someWords = (length: number) =>
  fc.array(fc.constantFrom(...dictionary), { minLength: length, maxLength: length });

test('a numbered list, capitals and any separator read as the same words', () => {
  expect(wordsOfPaste('1. Abandon\n2) ABILITY,\t able')).toEqual(['abandon', 'ability', 'able']);
  expect(wordsOfPaste(' \n ')).toEqual([]);
});

test('a whole phrase pasted into any field fills all fields and sets the length', () => {
  const phrase = fc.constantFrom(...phraseLengths).chain(someWords);
  fc.assert(
    fc.property(phrase, fc.nat({ max: 12 }), fc.constantFrom(' ', '\n', ', '), (words, index, separator) => {
      const entry = withPaste(emptyWords(13), index, words.join(separator));
      expect(entry).toEqual({ count: words.length, words });
    }),
  );
});

test('fewer words fill from the field they are pasted into and never change the length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 11 }).chain(someWords), fc.nat({ max: 12 }), (words, index) => {
      const entry = withPaste(emptyWords(13), index, words.join(' '));
      expect(entry.words).toHaveLength(13);
      expect(entry.words.slice(index, index + words.length)).toEqual(words.slice(0, 13 - index));
      expect(entry.words.slice(0, index).every((word) => word === '')).toBe(true);
    }),
  );
});

test('another length keeps the words that fit', () => {
  const typed = withPaste(emptyWords(13), 0, 'zoo act able');
  expect(withCount(typed, 24).words.slice(0, 4)).toEqual(['zoo', 'act', 'able', '']);
  expect(withCount(withCount(typed, 24), 12).words).toHaveLength(12);
});

test('suggestions begin with what is typed and stop when the word is certain', () => {
  expect(suggestionsFor('ab', dictionary)).toEqual(['abandon', 'ability', 'able']);
  expect(suggestionsFor('act', dictionary)).toEqual(['act', 'action']);
  expect(suggestionsFor('zoo', dictionary)).toEqual([]);
  expect(suggestionsFor('', dictionary)).toEqual([]);
});
