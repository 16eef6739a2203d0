import { type ReactNode, useEffect, useMemo } from 'react';
import { languageTags, translator } from '../i18n/translate.ts';
import { SpeechContext } from '../i18n/use-t.ts';
import { spokenLanguage } from '../preferences/preferences.ts';
import { useDependencies } from './app-dependencies.ts';
import { useStore } from './store.ts';

/** Puts the chosen theme and language on the page. */
export function Appearance({ children }: { children: ReactNode }) {
  const { preferences, browser } = useDependencies();
  const chosen = useStore(preferences);
  const language = spokenLanguage(chosen, browser.languages);
  useEffect(() => {
    document.documentElement.lang = languageTags[language];
    document.documentElement.dataset.theme = chosen.appearance;
  }, [language, chosen.appearance]);
  const speech = useMemo(() => ({ t: translator(language), language }), [language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}
