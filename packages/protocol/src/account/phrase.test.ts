import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { fromHex, toHex } from '../encoding/text.ts';
import { checksumWord, crc32, newPhrase, parsePhrase, phraseOf, phraseWords, wordsOfText } from './phrase.ts';

const legal = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');
const typed = (text: string) => parsePhrase(wordsOfText(new Secret(text)));
const entropyHex = (text: string) => {
  const verdict = typed(text);
  return verdict.ok ? toHex(verdict.entropy.reveal()) : verdict.problem;
};

test('CRC-32 gives the check value of the catalogue (123456789 -> cbf43926)', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
});

test('BIP-39 vectors read with and without the checksum word', () => {
  // github.com/trezor/python-mnemonic, vectors.json, the file BIP-39 names.
  const vectors = [
    ['7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f', legal.join(' ')],
    [
      '9e885d952ad362caeb4efe34a8e91bd2',
      'ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic',
    ],
    [
      '68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c',
      'hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length',
    ],
  ] as const;
  for (const [hex, words] of vectors) {
    expect(entropyHex(words)).toBe(hex);
    const full = phraseOf(new Secret(fromHex(hex))).reveal();
    expect(full.slice(0, -1).join(' ')).toBe(words);
    expect(entropyHex(full.join(' '))).toBe(hex);
  }
});

test('the checksum word hashes the first three letters of every word', () => {
  const index = crc32(utf8('legwinthayeawavsauworuselegwinthayel')) % 2048;
  expect(checksumWord(legal)).toBe(phraseWords[index]);
});

test('a wrong checksum word, a wrong BIP-39 checksum and a swapped pair are refused', () => {
  const good = phraseOf(new Secret(fromHex('9e885d952ad362caeb4efe34a8e91bd2'))).reveal();
  const wrongLast = good.at(-1) === 'zoo' ? 'zone' : 'zoo';
  expect(typed([...good.slice(0, 12), wrongLast].join(' '))).toEqual({
    ok: false,
    problem: 'checksum',
    wordIndex: null,
  });
  expect(entropyHex([good[1], good[0], ...good.slice(2)].join(' '))).toBe('checksum');
  expect(entropyHex(`${legal.slice(0, 11).join(' ')} year`)).toBe('checksum');
});

test('the first unknown word is named, and a wrong number of words before it', () => {
  expect(typed(legal.with(4, 'wawe').with(7, 'usful').join(' '))).toEqual({
    ok: false,
    problem: 'unknown-word',
    wordIndex: 4,
  });
  for (const count of [0, 1, 11, 14, 23, 26])
    expect(entropyHex(Array(count).fill('zoo').join(' '))).toBe('length');
});

test('case, spaces, line breaks and commas do not matter', () => {
  expect(entropyHex(`  ${legal.join(',\n').toUpperCase()} `)).toBe('7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f');
});

test('a new phrase has 13 different words, whatever the random source says first', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (second) => {
      const draws = [new Uint8Array(16), Uint8Array.from(second)];
      let drawn = 0;
      const random = (length: number) => {
        const draw = draws[drawn] ?? Uint8Array.from({ length }, (_, index) => index * 11 + drawn);
        drawn += 1;
        return draw;
      };
      const words = newPhrase(random).reveal();
      expect(new Set(words).size).toBe(13);
      expect(drawn).toBeGreaterThan(1); // "abandon abandon …" was thrown away
      expect(parsePhrase(new Secret(words)).ok).toBe(true);
    }),
  );
});

test('a random source that repeats itself is a bug, not an endless loop', () => {
  expect(() => newPhrase((length) => new Uint8Array(length))).toThrow('repeats');
});
