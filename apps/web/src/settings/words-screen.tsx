import type { Words } from '@hexkey/sdk';
import { useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { SecretWords } from '../words/secret-words.tsx';
import { SettingPage } from './setting-page.tsx';
import { useViewWords } from './use-account-exit.ts';

/** /settings/account/security/words: the phrase, for the PIN, every time. */
export function WordsScreen() {
  const t = useT();
  const [words, setWords] = useState<Words | null>(null);
  const view = useViewWords(setWords);
  return (
    <SettingPage path="/settings/account/security/words">
      {words ? (
        <>
          <p className="text-muted">{t('words.show-title')}</p>
          <SecretWords words={words} />
        </>
      ) : (
        <>
          <p id="words-lead" className="text-muted">
            {t('words.view-lead')}
          </p>
          <div className="py-10">
            <PinPrompt purpose={view} describedBy="words-lead" />
          </div>
        </>
      )}
    </SettingPage>
  );
}
