import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { useAccount } from '../more/use-account.ts';
import { Notice } from '../ui/notice.tsx';
import { useStoragePersistent } from './use-storage-persistent.ts';

/** Says that the browser may forget this device's data, as long as the words are the only way back. */
export function StorageNotice() {
  const t = useT();
  const account = useAccount();
  const persistent = useStoragePersistent();
  if (persistent !== false || account.data?.phoneMasked !== null) return null;
  return (
    <Notice
      tone="warn"
      title={t('storage.title')}
      actions={
        <StepButton tone="secondary" to="/settings/account/security/words">
          {t('log-out.see-words')}
        </StepButton>
      }
    >
      {t('storage.lead')}
    </Notice>
  );
}
