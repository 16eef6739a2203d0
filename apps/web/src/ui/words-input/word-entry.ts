/** How many words a phrase may have. */
export const phraseLengths = [13, 12, 24, 25] as const;
export type PhraseLength = (typeof phraseLengths)[number];

/** The words of a pasted text: separators, numbering ("1." or "2)") and case do not matter. */
export function wordsOfPaste(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

/** One word as it is kept: lower case, letters only. */
export const tidyWord = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

export interface WordsEntry {
  readonly count: PhraseLength;
  /** As many as `count`; empty where nothing is typed. */
  readonly words: readonly string[];
}

export const emptyWords = (count: PhraseLength): WordsEntry => ({ count, words: Array(count).fill('') });

/** Another length: what fits stays. */
export function withCount(entry: WordsEntry, count: PhraseLength): WordsEntry {
  return { count, words: Array.from({ length: count }, (_, index) => entry.words[index] ?? '') };
}

/**
 * A paste into the field at `index`. A whole phrase, wherever it is pasted, fills all fields and sets the length; fewer
 * words fill from `index` on; more than fit are dropped.
 */
export function withPaste(entry: WordsEntry, index: number, text: string): WordsEntry {
  const pasted = wordsOfPaste(text);
  const whole = phraseLengths.find((length) => length === pasted.length);
  if (whole !== undefined) return { count: whole, words: pasted };
  const words = entry.words.map((word, at) => pasted[at - index] ?? word);
  return { count: entry.count, words };
}

/** Up to `limit` words of the list that begin with what is typed; none once the word is complete and unambiguous. */
export function suggestionsFor(typed: string, dictionary: readonly string[], limit = 5): readonly string[] {
  if (typed === '') return [];
  const found = dictionary.filter((word) => word.startsWith(typed)).slice(0, limit);
  return found.length === 1 && found[0] === typed ? [] : found;
}
