import type { PlainKey } from '../i18n/catalogue.ts';
import { useT } from '../i18n/use-t.ts';

const names: Readonly<Record<number, PlainKey>> = {
  0: 'timer.0',
  30: 'timer.30',
  600: 'timer.600',
  7200: 'timer.7200',
  86400: 'timer.86400',
  604800: 'timer.604800',
};

/** How long messages last, in words. */
export function useTimerName(): (seconds: number) => string {
  const t = useT();
  return (seconds) => {
    const known = names[seconds];
    return known === undefined ? t('timer.other', { count: seconds }) : t(known);
  };
}
