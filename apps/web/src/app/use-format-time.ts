import { useMemo } from 'react';
import { languageTags } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';

/** Times in the reader's language and time zone. */
export function useFormatTime(): { date: (timeMs: number) => string; dateTime: (timeMs: number) => string } {
  const { language } = useSpeech();
  return useMemo(() => {
    const tag = languageTags[language];
    const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long' });
    const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
    return { date: (timeMs) => date.format(timeMs), dateTime: (timeMs) => dateTime.format(timeMs) };
  }, [language]);
}
