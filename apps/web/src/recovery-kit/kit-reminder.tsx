import { StepButton } from '../app/link.tsx';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { dueReminder } from './kit-health.ts';
import { useRecoveryKit, useSnooze } from './use-recovery-kit.ts';

/** On the chats page: too few ways back in, or a number that is to be verified again. One at a time, each can wait seven days. */
export function KitReminder() {
  const kit = useRecoveryKit();
  const nowMs = useNow(false);
  const reminder = kit.data ? dueReminder(kit.data, nowMs) : null;
  if (reminder === null || !kit.data) return null;
  return <Reminder reminder={reminder} methods={kit.data.methods} />;
}

function Reminder({ reminder, methods }: { reminder: 'kit' | 'phone'; methods: number }) {
  const t = useT();
  const snooze = useSnooze(reminder);
  const isPhone = reminder === 'phone';
  const text = isPhone ? 'kit.remind-phone' : methods === 0 ? 'kit.remind-none' : 'kit.remind-one';
  return (
    <Notice
      tone="warn"
      title={t(`${text}-title`)}
      actions={
        <>
          <StepButton
            to={isPhone ? '/settings/account/phone/verify' : '/settings/account/security/recovery-kit'}
          >
            {t(isPhone ? 'kit.remind-verify' : 'kit.remind-set-up')}
          </StepButton>
          <Button tone="secondary" disabled={snooze.state.is === 'running'} onClick={() => void snooze.run()}>
            {t('kit.remind-later')}
          </Button>
        </>
      }
    >
      {t(text)}
      {snooze.state.is === 'failed' && <p className="mt-2 text-danger">{t('kit.remind-failed')}</p>}
    </Notice>
  );
}
