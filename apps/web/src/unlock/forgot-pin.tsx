import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useFormatTime } from '../app/use-format-time.ts';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { lockLeftMs } from './attempt-state.ts';
import { TriedPins } from './tried-pins.tsx';
import { useAttempts } from './use-kept-attempts.ts';

/** The truth about a forgotten PIN, and what is left to do. */
export function ForgotPin() {
  const t = useT();
  return (
    <div className="flex flex-col gap-6">
      <p className="text-muted">{t('forgot.why')}</p>
      <section className="rounded-card border border-line bg-surface p-4 wide:bg-canvas">
        <h2 className="font-medium text-muted text-sm">{t('forgot.tries-title')}</h2>
        <Tries />
      </section>
      <TriedPins />
      <section>
        <h2 className="font-medium">{t('forgot.advice-title')}</h2>
        <ul className="mt-3 flex flex-col gap-3">
          <Advice>{t('forgot.advice-write')}</Advice>
          <Advice>{t('forgot.advice-rules')}</Advice>
          <Advice>{t('forgot.advice-wait')}</Advice>
        </ul>
      </section>
      <p className="text-muted">{t('forgot.without')}</p>
    </div>
  );
}

function Tries() {
  const t = useT();
  const countdown = useCountdownText();
  const { dateTime } = useFormatTime();
  const attempt = useAttempts();
  const lockedMs = lockLeftMs(attempt, useNow(attempt.lockedUntilMs !== null));
  if (lockedMs > 0)
    return (
      <p className="figures mt-1 font-semibold text-title">
        {t('forgot.next-try', { time: countdown(lockedMs) })}
      </p>
    );
  if (attempt.lockedUntilMs !== null) return <p className="mt-1">{t('forgot.tries-again')}</p>;
  if (attempt.attemptsLeft === null || attempt.saidAtMs === null)
    return <p className="mt-1">{t('forgot.tries-unknown')}</p>;
  return (
    <>
      <p className="figures mt-1 font-semibold text-title">
        {t('forgot.tries-left', { count: attempt.attemptsLeft })}
      </p>
      <p className="figures mt-1 text-muted text-sm">
        {t('forgot.tries-said', { time: dateTime(attempt.saidAtMs) })}
      </p>
    </>
  );
}

function Advice({ children }: { children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <CircleCheck aria-hidden="true" className="mt-px size-5 shrink-0 text-good" />
      <span>{children}</span>
    </li>
  );
}
