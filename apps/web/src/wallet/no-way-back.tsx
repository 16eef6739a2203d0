import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { useRecoveryKit } from '../recovery-kit/use-recovery-kit.ts';
import { Notice } from '../ui/notice.tsx';

/** Before anything is done with assets: no method of the Recovery Kit is set. Unlike the chats' reminder it cannot be put off. */
export function NoWayBack() {
  const t = useT();
  const kit = useRecoveryKit();
  if (kit.data?.methods !== 0) return null;
  return (
    <Notice
      tone="warn"
      title={t('kit.remind-none-title')}
      actions={<StepButton to="/settings/account/security/recovery-kit">{t('kit.remind-set-up')}</StepButton>}
    >
      {t('wallet.no-way-back')}
    </Notice>
  );
}
