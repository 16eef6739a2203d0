import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import type { Random } from '../ports.ts';

/** 16 or 32 random bytes from which the account shard and the login key are derived. Only the owner's devices hold it. */
export type Entropy = Secret<Uint8Array<ArrayBuffer>>;
/** Words of a phrase in order, lower case. As secret as the entropy. */
export type Phrase = Secret<readonly string[]>;

export type PhraseVerdict =
  | { readonly ok: true; readonly entropy: Entropy }
  | { readonly ok: false; readonly problem: 'length' | 'checksum'; readonly wordIndex: null }
  | { readonly ok: false; readonly problem: 'unknown-word'; readonly wordIndex: number };

/** The 2048 English words of BIP-39, sorted; for autocomplete. */
export const phraseWords: readonly string[] = wordlist;

/**
 * 16 random bytes whose 13 words are all different: a phrase with a repeated word is easily copied wrongly.
 * @throws {Error} when `random` never gives one (about 1 draw in 28 repeats a word, so it is broken)
 */
export function newEntropy(random: Random): Entropy {
  for (let draw = 0; draw < 100; draw += 1) {
    const entropy = new Secret(random(16));
    if (new Set(phraseOf(entropy).reveal()).size === 13) return entropy;
  }
  throw new Error('the random source repeats itself');
}

/** 13 new words, all different. */
export function newPhrase(random: Random): Phrase {
  return phraseOf(newEntropy(random));
}

/**
 * The words of an entropy with the checksum word last: 13 for 16 bytes, 25 for 32.
 * @throws {RangeError} another length
 */
export function phraseOf(entropy: Entropy): Phrase {
  const bytes = entropy.reveal();
  if (bytes.length !== 16 && bytes.length !== 32) throw new RangeError('an entropy has 16 or 32 bytes');
  const words = entropyToMnemonic(bytes, wordlist).split(' ');
  return new Secret([...words, checksumWord(words)]);
}

/**
 * Reads words as a person typed them: 12 or 24 of BIP-39, or 13 or 25 with the checksum word. Case and surrounding
 * spaces do not matter. `wordIndex` is the first word that is not in the list.
 */
export function parsePhrase(phrase: Phrase): PhraseVerdict {
  const words = phrase.reveal().map((word) => word.normalize('NFKD').trim().toLowerCase());
  if (![12, 13, 24, 25].includes(words.length)) return { ok: false, problem: 'length', wordIndex: null };
  const unknown = words.findIndex((word) => !wordlist.includes(word));
  if (unknown >= 0) return { ok: false, problem: 'unknown-word', wordIndex: unknown };
  const bip39 = words.slice(0, words.length - (words.length % 12));
  if (words.length > bip39.length && words.at(-1) !== checksumWord(bip39))
    return { ok: false, problem: 'checksum', wordIndex: null };
  try {
    return { ok: true, entropy: new Secret(Uint8Array.from(mnemonicToEntropy(bip39.join(' '), wordlist))) };
  } catch {
    // Length and words are checked above, so the only thing left to be wrong is BIP-39's own checksum.
    return { ok: false, problem: 'checksum', wordIndex: null };
  }
}

/** Splits pasted text into words. */
export function wordsOfText(text: Secret<string>): Phrase {
  return new Secret(
    text
      .reveal()
      .split(/[\s,]+/u)
      .filter((word) => word !== ''),
  );
}

/** `wordlist[CRC-32(first three letters of each word, joined) mod 2048]` (docs/protocol/account-api.md section 5). */
export function checksumWord(words: readonly string[]): string {
  const prefixes = utf8(words.map((word) => word.slice(0, 3)).join(''));
  return wordlist[crc32(prefixes) % wordlist.length] as string;
}

/** CRC-32 of ISO 3309 and ITU-T V.42: reflected polynomial 0xedb88320, all-ones start and final inversion. */
export function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  }
  return ~remainder >>> 0;
}
