import { useT } from '../i18n/use-t.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A window as people say it: `15 minutes`, `2 hours`. */
export function useSayWindow(): (windowMs: number) => string {
  const t = useT();
  return (windowMs) =>
    windowMs < hour
      ? t('passkey.minutes', { count: windowMs / minute })
      : t('passkey.hours', { count: windowMs / hour });
}
