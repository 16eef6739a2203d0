import { useEffect, useState } from 'react';
import { loadTexts } from '../i18n/load-texts.ts';
import { englishTexts, type Texts } from '../i18n/texts.ts';
import { translator } from '../i18n/translate.ts';
import { spokenLanguage } from '../preferences/preferences.ts';
import { useDependencies } from './app-dependencies.ts';
import { useStore } from './store.ts';

/**
 * The texts of the chosen language; those before it stay until they are loaded, and when they cannot be.
 * @returns null at a start whose language is on its way
 */
export function useTexts(): Texts | null {
  const { preferences, browser, texts, toast } = useDependencies();
  const language = spokenLanguage(useStore(preferences), browser.languages);
  const spoken = useStore(texts);
  const [waits, setWaits] = useState(spoken.language !== language);
  useEffect(() => {
    let wanted = true;
    const speak = (loaded: Texts) => {
      if (wanted) texts.set(loaded);
    };
    const keepPresent = (error: unknown) => {
      // A dynamic import rejects with a TypeError when the file does not arrive (HTML, 8.1.6.7).
      if (!(error instanceof TypeError)) throw error;
      if (wanted) toast.set(translator(texts.get())('language.failed'));
    };
    loadTexts(language)
      .then(speak, keepPresent)
      .finally(() => wanted && setWaits(false));
    return () => {
      wanted = false;
    };
  }, [language, texts, toast]);
  return waits && spoken === englishTexts ? null : spoken;
}
