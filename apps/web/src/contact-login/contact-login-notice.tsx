import { StepButton } from '../app/link.tsx';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { useRecoveryKit } from '../recovery-kit/use-recovery-kit.ts';
import { Notice } from '../ui/notice.tsx';

/** Above the chats, as long as somebody is logging in through the recovery contact. */
export function ContactLoginNotice() {
  const t = useT();
  const pending = useRecoveryKit().data?.pendingContactLogin ?? null;
  const nowMs = useNow(pending !== null);
  if (pending === null || pending.expiresAtMs <= nowMs) return null;
  return (
    <Notice
      urgent
      tone="danger"
      title={t('refuse.title')}
      actions={<StepButton to="/chats/contact-login">{t('refuse.look')}</StepButton>}
    >
      {t('refuse.notice')}
    </Notice>
  );
}
