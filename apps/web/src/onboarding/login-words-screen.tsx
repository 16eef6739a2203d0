import { isDomainError } from '@hexkey/contract';
import { phraseWords } from '@hexkey/protocol';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { emptyWords } from '../ui/words-input/word-entry.ts';
import { WordsInput } from '../ui/words-input/words-input.tsx';
import { useLoginWithWords } from './use-words-account.ts';

/** /login/words: the phrase, checked here before anything is sent. */
export function LoginWordsScreen() {
  const t = useT();
  const [entry, setEntry] = useState(() => emptyWords(13));
  const login = useLoginWithWords();
  const complete = entry.words.every((word) => phraseWords.includes(word));
  const failure = login.state.is === 'failed' ? login.state.error : null;
  return (
    <BareScreen
      title={t('login-words.title')}
      lead={t('login-words.lead')}
      bar={{ start: <BackLink from="/login/words" /> }}
      footer={
        <>
          {failure !== null && <ErrorNotice error={failure} />}
          <Button
            wide
            disabled={!complete || login.state.is === 'running'}
            onClick={() => void login.run(entry.words)}
          >
            {t('action.log-in')}
          </Button>
        </>
      }
    >
      <WordsInput
        entry={entry}
        dictionary={phraseWords}
        onChange={(next) => {
          // A phrase that was refused is another one after an edit; a failed connection is not.
          if (isDomainError(failure, 'InvalidPhrase') || isDomainError(failure, 'NotFound')) login.reset();
          setEntry(next);
        }}
      />
    </BareScreen>
  );
}
