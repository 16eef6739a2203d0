import { useRef } from 'react';
import { useT } from '../../i18n/use-t.ts';
import { Segmented } from '../segmented.tsx';
import { WordBox } from './word-box.tsx';
import { phraseLengths, type WordsEntry, withCount, withPaste } from './word-entry.ts';

/**
 * Numbered fields for a phrase.
 * @param dictionary the words there are; any other is marked, in text and colour
 * @param typedOnly a check of known length: nothing is pasted, and the length is not chosen
 * @param wrong the index of a word that is not the right one
 */
export function WordsInput(props: {
  entry: WordsEntry;
  onChange: (entry: WordsEntry) => void;
  dictionary: readonly string[];
  typedOnly?: boolean;
  wrong?: number | null;
}) {
  const t = useT();
  const { entry, dictionary } = props;
  const fields = useRef<HTMLDivElement>(null);
  const focus = (number: number) =>
    fields.current?.querySelector<HTMLElement>(`[data-word="${number}"]`)?.focus();
  const known = new Set(dictionary);
  const beginnings = (word: string) => dictionary.some((one) => one.startsWith(word));

  return (
    <div className="flex flex-col gap-4">
      {!props.typedOnly && (
        <Segmented
          label={t('login-words.count')}
          values={[...phraseLengths].sort((a, b) => a - b)}
          value={entry.count}
          onChange={(count) => props.onChange(withCount(entry, count))}
        />
      )}
      <div ref={fields} className="grid grid-cols-2 gap-2">
        {entry.words.map((word, index) => (
          <WordBox
            // biome-ignore lint/suspicious/noArrayIndexKey: a word's position is its identity
            key={index}
            number={index + 1}
            first={index === 0}
            word={word}
            dictionary={dictionary}
            // While a word is being typed it is a beginning, not a mistake.
            problem={
              word !== '' && !known.has(word) && !beginnings(word)
                ? t('login-words.unknown')
                : index === props.wrong
                  ? t('login-words.wrong')
                  : null
            }
            onChange={(next) => props.onChange({ ...entry, words: entry.words.with(index, next) })}
            onPaste={(text) => {
              if (props.typedOnly) return;
              const pasted = withPaste(entry, index, text);
              props.onChange(pasted);
              const gap = pasted.words.indexOf('');
              requestAnimationFrame(() => focus(gap < 0 ? pasted.count : gap + 1));
            }}
            onDone={() => focus(index + 2)}
          />
        ))}
      </div>
      <p role="status" className="figures text-muted text-sm">
        {t('login-words.filled', {
          filled: entry.words.filter((word) => known.has(word)).length,
          count: entry.count,
        })}
      </p>
    </div>
  );
}
