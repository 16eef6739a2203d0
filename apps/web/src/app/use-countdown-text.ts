import { useT } from '../i18n/use-t.ts';
import { countdownOf } from '../ui/countdown.ts';

/** A wait as people read it: `6 days 4:12:09`. @returns a function of the milliseconds left */
export function useCountdownText(): (leftMs: number) => string {
  const t = useT();
  return (leftMs) => {
    const { days, clock } = countdownOf(leftMs);
    return days === 0 ? clock : `${t('time.days', { count: days })} ${clock}`;
  };
}
