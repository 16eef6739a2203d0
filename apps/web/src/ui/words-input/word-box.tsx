import { type KeyboardEvent, useId, useState } from 'react';
import { useT } from '../../i18n/use-t.ts';
import { suggestionsFor, tidyWord, wordsOfPaste } from './word-entry.ts';

/**
 * One numbered word with suggestions. WAI-ARIA combobox pattern: the focus stays in the field, arrows move through the
 * list, Enter or Tab takes the marked word, Escape closes.
 */
export function WordBox(props: {
  number: number;
  word: string;
  dictionary: readonly string[];
  /** Why the word cannot be right; null while it may be. */
  problem: string | null;
  onChange: (word: string) => void;
  onPaste: (text: string) => void;
  /** The word is settled: the next field's turn. */
  onDone: () => void;
  first: boolean;
}) {
  const t = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(0);
  const suggestions = open ? suggestionsFor(props.word, props.dictionary) : [];
  const shown = suggestions.length > 0;

  const take = (word: string) => {
    props.onChange(word);
    setOpen(false);
    props.onDone();
  };
  const keyPressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && shown) {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : suggestions.length - 1;
      setMarked(shown ? (marked + step) % suggestions.length : 0);
    } else if (
      event.key === 'Enter' ||
      event.key === ' ' ||
      (event.key === 'Tab' && !event.shiftKey && shown)
    ) {
      const word =
        props.dictionary.includes(props.word) && event.key === ' ' ? props.word : suggestions[marked];
      if (word === undefined && event.key === 'Enter') return;
      event.preventDefault();
      if (word !== undefined) take(word);
      else if (props.word !== '') props.onDone();
    }
  };

  return (
    <div className="relative">
      <div
        className={`flex min-h-12 items-center rounded-card border bg-surface focus-within:outline-2 focus-within:outline-accent ${
          props.problem !== null ? 'border-danger' : 'border-edge'
        }`}
      >
        <label htmlFor={id} className="figures w-9 pl-3 text-muted text-sm">
          <span aria-hidden="true">{props.number}</span>
          <span className="sr-only">{t('login-words.word', { number: props.number })}</span>
        </label>
        <input
          id={id}
          role="combobox"
          aria-label={t('login-words.word', { number: props.number })}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown ? `${id}-${marked}` : undefined}
          aria-invalid={props.problem !== null || undefined}
          aria-describedby={props.problem !== null ? `${id}-problem` : undefined}
          data-word={props.number}
          data-route-focus={props.first || undefined}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          translate="no"
          value={props.word}
          onChange={(event) => {
            setMarked(0);
            setOpen(true);
            // Phone keyboards and password managers put several words in without a paste.
            if (wordsOfPaste(event.target.value).length > 1) props.onPaste(event.target.value);
            else props.onChange(tidyWord(event.target.value));
          }}
          onPaste={(event) => {
            event.preventDefault();
            setOpen(false);
            props.onPaste(event.clipboardData.getData('text'));
          }}
          onKeyDown={keyPressed}
          onBlur={() => setOpen(false)}
          className="min-h-11 w-full min-w-0 flex-1 rounded-card bg-transparent pr-2 outline-none"
        />
      </div>
      {props.problem !== null && (
        <p id={`${id}-problem`} className="mt-1 text-danger text-sm">
          {props.problem}
        </p>
      )}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('login-words.suggestions', { number: props.number })}
        hidden={!shown}
        className="absolute inset-x-0 top-full z-10 mt-1 overflow-clip rounded-card border border-line bg-surface shadow-raised"
      >
        {suggestions.map((word, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox, which keeps the focus
          <div
            key={word}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === marked}
            translate="no"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(word)}
            className="flex min-h-11 cursor-pointer items-center px-4 hover:bg-ink/5 aria-selected:bg-accent/10"
          >
            {word}
          </div>
        ))}
      </div>
    </div>
  );
}
