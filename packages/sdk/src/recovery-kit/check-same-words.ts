import { DomainError } from '@hexkey/contract';
import type { Words } from '../account/words.ts';

/**
 * Whether somebody has typed what was shown to them, word for word.
 * @throws {DomainError} `WordsDiffer` with the index of the first word that is another one or missing
 */
export function checkSameWords(shown: Words, typed: Words): void {
  const given = typed.reveal();
  const wordIndex = shown.reveal().findIndex((word, index) => given[index] !== word);
  if (wordIndex >= 0) throw new DomainError('WordsDiffer', { wordIndex });
  if (given.length !== shown.reveal().length)
    throw new DomainError('WordsDiffer', { wordIndex: shown.reveal().length });
}
