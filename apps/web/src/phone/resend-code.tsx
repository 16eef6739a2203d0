import { useCountdownText } from '../app/use-countdown-text.ts';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';

/** The server never makes anybody wait longer than this; a wrong clock here must not either. */
const longestResendWaitMs = 60_000;

/** A new code, once the wait for it is over. @param atMs by the server's clock */
export function ResendCode({ atMs, onResend }: { atMs: number; onResend: () => void }) {
  const t = useT();
  const countdown = useCountdownText();
  const leftMs = Math.min(atMs - useNow(true), longestResendWaitMs);
  if (leftMs > 0)
    return <p className="figures min-h-11 text-muted">{t('code.resend-in', { time: countdown(leftMs) })}</p>;
  return (
    <Button tone="quiet" onClick={onResend}>
      {t('code.resend')}
    </Button>
  );
}
