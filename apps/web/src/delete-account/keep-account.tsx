import type { PendingDeletion } from '@hexkey/sdk';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { useSwitchAccount } from '../unlock/use-unlock.ts';
import { useShownSince } from './use-shown-since.ts';

const readForMs = 5000;

/** Before the PIN of an account that is about to be deleted: going on keeps it, and can be chosen after five seconds; leaving keeps nothing. */
export function KeepAccount({ pending, onKeep }: { pending: PendingDeletion; onKeep: () => void }) {
  const t = useT();
  const { date } = useFormatTime();
  const leave = useSwitchAccount();
  const leftMs = useShownSince() + readForMs - useNow(true);
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return (
    <BareScreen
      title={t('keep-account.title')}
      lead={t('keep-account.lead', {
        requested: date(pending.requestedAtMs),
        effective: date(pending.effectiveAtMs),
      })}
      bar={{ start: <Mark className="m-1.5 size-8" /> }}
      footer={
        <>
          {leave.state.is === 'failed' && <ErrorNotice error={leave.state.error} />}
          <Button wide disabled={seconds > 0} onClick={onKeep}>
            {seconds > 0 ? t('keep-account.continue-in', { seconds }) : t('keep-account.continue')}
          </Button>
          <Button
            wide
            tone="secondary"
            disabled={leave.state.is === 'running'}
            onClick={() => void leave.run()}
          >
            {t('keep-account.leave')}
          </Button>
        </>
      }
    >
      <Notice tone="warn" title={t('keep-account.cancels')}>
        {t('keep-account.then')}
      </Notice>
    </BareScreen>
  );
}
