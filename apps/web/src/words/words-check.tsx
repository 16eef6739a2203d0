import { phraseWords } from '@hexkey/protocol';
import { type ComponentProps, type FormEvent, useState } from 'react';
import type { Operation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { emptyWords } from '../ui/words-input/word-entry.ts';
import { WordsInput } from '../ui/words-input/words-input.tsx';
import { HiddenWords } from './hidden-words.tsx';
import { useSeen } from './use-seen.ts';
import { WordsRefusal } from './words-refusal.tsx';

const dictionary: ReadonlySet<string> = new Set(phraseWords);

/** Every word, in order, from the paper. What is typed is as secret as the words, and hides as they do. */
export function WordsCheck(props: {
  bar: NonNullable<ComponentProps<typeof BareScreen>['bar']>;
  /** How many words there are. */
  count: number;
  wrong: number | null;
  check: Operation<readonly string[]>;
  onEdit: () => void;
  onLookAgain: () => void;
}) {
  const t = useT();
  const { check } = props;
  const { isSeen, show } = useSeen();
  const [entry, setEntry] = useState(() => emptyWords(props.count === 25 ? 25 : 13));
  const isComplete = entry.words.every((word) => dictionary.has(word));
  const isRunning = check.state.is === 'running';
  useFocusOnMount();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) void check.run(entry.words);
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <BareScreen
        title={t('words.check-title')}
        lead={t('words.check-lead')}
        bar={props.bar}
        footer={
          <>
            {check.state.is === 'failed' && <WordsRefusal error={check.state.error} />}
            <Button wide type="submit" disabled={!isComplete || isRunning}>
              {t('words.check')}
            </Button>
            <Button wide tone="quiet" onClick={props.onLookAgain}>
              {t('words.look-again')}
            </Button>
          </>
        }
      >
        {isSeen ? (
          <WordsInput
            typedOnly
            entry={entry}
            dictionary={phraseWords}
            wrong={props.wrong}
            onChange={(next) => {
              check.reset();
              props.onEdit();
              setEntry(next);
            }}
          />
        ) : (
          <HiddenWords onShow={show} />
        )}
      </BareScreen>
    </form>
  );
}
