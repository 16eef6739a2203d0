import { useMemo } from 'react';
import { languageTags } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';

const day = 86_400_000;

/** The same text for two times of one day, in the reader's time zone. */
export const dayOf = (timeMs: number) => new Date(timeMs).toDateString();

/** Times as conversations show them: the shorter the nearer. */
export function useChatTimes(): {
  clock: (timeMs: number) => string;
  day: (timeMs: number, nowMs: number) => string;
  short: (timeMs: number, nowMs: number) => string;
} {
  const { t, language } = useSpeech();
  return useMemo(() => {
    const formatter = (options: Intl.DateTimeFormatOptions) => {
      const format = new Intl.DateTimeFormat(languageTags[language], options);
      return (timeMs: number) => format.format(timeMs);
    };
    const clock = formatter({ timeStyle: 'short' });
    const weekday = formatter({ weekday: 'long' });
    const date = formatter({ day: 'numeric', month: 'short' });
    const dateAndYear = formatter({ day: 'numeric', month: 'short', year: 'numeric' });
    const far = (timeMs: number, nowMs: number) =>
      new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear() ? date(timeMs) : dateAndYear(timeMs);
    const near = (timeMs: number, nowMs: number) => {
      if (dayOf(timeMs) === dayOf(nowMs - day)) return t('chats.yesterday');
      return nowMs - timeMs < 6 * day ? weekday(timeMs) : far(timeMs, nowMs);
    };
    return {
      clock,
      day: (timeMs, nowMs) => (dayOf(timeMs) === dayOf(nowMs) ? t('chats.today') : near(timeMs, nowMs)),
      short: (timeMs, nowMs) => (dayOf(timeMs) === dayOf(nowMs) ? clock(timeMs) : near(timeMs, nowMs)),
    };
  }, [t, language]);
}
