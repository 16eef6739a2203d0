import { Hourglass } from 'lucide-react';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { wholeMinutes } from '../ui/countdown.ts';

/** This device is new: how long it waits, why, and how not to. */
export function HoldNotice({ untilMs, code }: { untilMs: number; code: string }) {
  const t = useT();
  const countdown = useCountdownText();
  const leftMs = untilMs - useNow(true);
  if (leftMs <= 0)
    return (
      <p role="status" className="font-medium text-good">
        {t('hold.over')}
      </p>
    );
  return (
    <section className="flex flex-col gap-3 rounded-card border border-warn bg-surface p-4">
      <div className="flex items-center gap-3">
        <Hourglass aria-hidden="true" className="size-6 shrink-0 text-warn" />
        <p aria-hidden="true" className="flex flex-1 flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-medium">{t('hold.title')}</span>
          <span className="figures font-semibold text-title">{countdown(leftMs)}</span>
        </p>
        <p className="sr-only">{t('hold.spoken', { time: countdown(wholeMinutes(leftMs)) })}</p>
      </div>
      <p className="text-muted">{t('hold.lead')}</p>
      <p>
        <span className="block font-medium">{t('hold.other-title')}</span>
        <span className="text-muted">{t('hold.other')}</span>
      </p>
      <p>
        <span className="block text-muted text-sm">{t('hold.code')}</span>
        <span className="figures font-semibold">{code}</span>
      </p>
    </section>
  );
}
