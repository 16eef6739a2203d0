import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountShard, loginKeyPair, parsePhrase, Secret } from '@hexkey/protocol';

/** A secret that must not be found, and what it is called when it is. */
export interface Canary {
  readonly name: string;
  readonly pattern: RegExp;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * A PIN as text. Six digits turn up by chance inside longer numbers and identifiers, so only the PIN as a token of its
 * own counts: nothing alphanumeric on either side. Random bytes hold such a token once in 10^14; text holds it where
 * somebody wrote it. Its bytes as hexadecimal and base64 are long enough to count anywhere.
 */
export function pinCanaries(pin: string): readonly Canary[] {
  const bytes = Buffer.from(pin);
  return [
    { name: 'PIN', pattern: new RegExp(`(?<![0-9A-Za-z])${pin}(?![0-9A-Za-z])`) },
    { name: 'PIN, hexadecimal', pattern: new RegExp(bytes.toString('hex'), 'i') },
    { name: 'PIN, base64', pattern: new RegExp(escaped(bytes.toString('base64'))) },
    { name: 'PIN, list of digits', pattern: new RegExp(`(?<!\\d)${pin.split('').join('[,\\s]+')}(?!\\d)`) },
  ];
}

/**
 * A phrase: any three words in their order, whatever stands between them. Single words are in every copy of the word
 * list, and neighbours in a phrase are no neighbours there.
 */
export function wordsCanaries(words: readonly string[]): readonly Canary[] {
  return words.slice(2).map((third, index) => ({
    name: `words ${index + 1} to ${index + 3}`,
    pattern: new RegExp(`\\b${[words[index], words[index + 1], third].join('[^a-zA-Z]{1,12}')}\\b`, 'i'),
  }));
}

/**
 * A 4-digit code where somebody wrote it as one: after the word "code" and a few signs, as JSON, a form, a log and the engines' own
 * formats do. Four digits alone are everywhere.
 */
export function codeCanaries(code: string): readonly Canary[] {
  const digits = `${code}(?![0-9A-Za-z])`;
  return [
    { name: 'code', pattern: new RegExp(`code[^0-9A-Za-z]{1,8}${digits}`, 'i') },
    { name: 'code in a sentence', pattern: new RegExp(`code (?:is |for [^0-9]{1,40})${digits}`, 'i') },
  ];
}

/** A value of JSON that is this code and nothing else: for logs, where other numbers are no strings. */
export function quotedCodeCanaries(code: string): readonly Canary[] {
  return [{ name: 'code, quoted', pattern: new RegExp(`["']${code}["']`) }];
}

/** A phone number in E.164, with or without its plus. */
export function phoneCanaries(phone: string): readonly Canary[] {
  const digits = phone.slice(1);
  return [{ name: 'phone number', pattern: new RegExp(`(?<!\\d)\\+?${digits}(?!\\d)`) }];
}

/** Secret bytes: as they are, in hexadecimal, in both base64 alphabets, as JSON's list of numbers. 16 bytes or more. */
export function bytesCanaries(name: string, bytes: Uint8Array): readonly Canary[] {
  const buffer = Buffer.from(bytes);
  // The last character of unpadded base64 depends on what follows, so it is left out.
  const base64 = (encoding: 'base64' | 'base64url') => buffer.toString(encoding).replace(/.?=*$/, '');
  return [
    { name, pattern: new RegExp(escaped(buffer.toString('latin1')), 's') },
    { name: `${name}, hexadecimal`, pattern: new RegExp(buffer.toString('hex'), 'i') },
    { name: `${name}, base64`, pattern: new RegExp(escaped(base64('base64'))) },
    { name: `${name}, base64url`, pattern: new RegExp(escaped(base64('base64url'))) },
    { name: `${name}, numbers`, pattern: new RegExp([...buffer].join('[,\\s]+')) },
    // How IndexedDB dumps and `JSON.stringify` write typed arrays.
    {
      name: `${name}, indexed numbers`,
      pattern: new RegExp([...buffer].map((byte, index) => `"${index}":${byte}`).join(',')),
    },
  ];
}

/** What words stand for, and what is made of it. */
export function entropyCanaries(name: string, words: readonly string[]): readonly Canary[] {
  const verdict = parsePhrase(new Secret(words));
  if (!verdict.ok) throw new Error('the client showed a phrase that is none');
  return [
    ...bytesCanaries(name, verdict.entropy.reveal()),
    ...bytesCanaries(`login seed of ${name}`, loginKeyPair(verdict.entropy).seed.reveal()),
    ...bytesCanaries(`account shard of ${name}`, accountShard(verdict.entropy).reveal()),
  ];
}

/** Which canaries are in some bytes, read as 8-bit text and as UTF-16 at both alignments. */
export function findIn(
  where: string,
  content: Buffer | string,
  canaries: readonly Canary[],
): readonly string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const texts = [bytes.toString('latin1'), bytes.toString('utf16le'), bytes.subarray(1).toString('utf16le')];
  return canaries
    .filter(({ pattern }) => texts.some((text) => pattern.test(text)))
    .map(({ name }) => `${name} in ${where}`);
}

/** Which canaries are in the files of a folder. @returns what was found, and how many files were read */
export function findInFolder(
  folder: string,
  canaries: readonly Canary[],
): { readonly found: readonly string[]; readonly files: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const found = files.flatMap((file) => {
    const path = join(file.parentPath, file.name);
    return findIn(path.slice(folder.length + 1), readFileSync(path), canaries);
  });
  return { found, files: files.length };
}
