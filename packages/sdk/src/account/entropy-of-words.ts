import { DomainError } from '@hexkey/contract';
import { type Entropy, type Phrase, parsePhrase } from '@hexkey/protocol';

/** The entropy of words as typed. Offline. @throws {DomainError} `InvalidPhrase` with the first wrong word */
export function entropyOfWords(words: Phrase): Entropy {
  const verdict = parsePhrase(words);
  if (verdict.ok) return verdict.entropy;
  const { problem, wordIndex } = verdict;
  throw new DomainError('InvalidPhrase', { problem, wordIndex });
}
