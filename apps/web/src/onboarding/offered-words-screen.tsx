import { type ReactNode, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { SecretWords } from '../words/secret-words.tsx';
import { useOfferedWords } from './use-offered-words.ts';

/** /welcome/words: the words of a new account, offered once, right after the PIN is set. */
export function OfferedWordsScreen() {
  const t = useT();
  const { words, leave } = useOfferedWords();
  const [shown, setShown] = useState(false);
  if (!words) return null;
  if (shown)
    return (
      <WordsToSave onDone={leave}>
        <SecretWords words={words} />
      </WordsToSave>
    );
  return (
    <BareScreen
      title={t('words.offer-title')}
      lead={t('words.offer-lead')}
      footer={
        <>
          <Button wide onClick={() => setShown(true)}>
            {t('action.save-now')}
          </Button>
          <Button wide tone="quiet" onClick={leave}>
            {t('action.later')}
          </Button>
        </>
      }
    >
      <Notice tone="info" title={t('words.offer-not-pin')} />
    </BareScreen>
  );
}

function WordsToSave({ onDone, children }: { onDone: () => void; children: ReactNode }) {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={t('words.show-title')}
      footer={
        <Button wide onClick={onDone}>
          {t('action.done')}
        </Button>
      }
    >
      {children}
    </BareScreen>
  );
}
