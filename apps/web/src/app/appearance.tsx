import { type ReactNode, useEffect, useMemo } from 'react';
import { languageTags, translator } from '../i18n/translate.ts';
import { SpeechContext } from '../i18n/use-t.ts';
import { useDependencies } from './app-dependencies.ts';
import { useStore } from './store.ts';
import { useTexts } from './use-texts.ts';

/** Puts the chosen theme and language on the page. */
export function Appearance({ children }: { children: ReactNode }) {
  const { appearance } = useStore(useDependencies().preferences);
  const texts = useTexts();
  const language = texts?.language;
  useEffect(() => {
    if (language) document.documentElement.lang = languageTags[language];
    document.documentElement.dataset.theme = appearance;
  }, [language, appearance]);
  const speech = useMemo(
    () => texts && { t: translator(texts), language: texts.language, errors: texts.errors },
    [texts],
  );
  return speech && <SpeechContext value={speech}>{children}</SpeechContext>;
}
