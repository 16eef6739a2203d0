import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { usePinHistory } from './use-pin-history.ts';

/** Leads to the warnings about the PIN, as long as there are any. */
export function PinWarningsNotice() {
  const t = useT();
  const warnings = usePinHistory().data?.warnings ?? [];
  if (warnings.length === 0) return null;
  const isOnlyNews = warnings.every(({ kind }) => kind === 'new-device');
  return (
    <Notice
      tone={isOnlyNews ? 'info' : 'danger'}
      title={isOnlyNews ? t('pin-log.news') : t('pin-log.warnings', { count: warnings.length })}
      actions={
        <StepButton tone="secondary" to="/settings/account/security/logs/pin">
          {t('pin-log.see')}
        </StepButton>
      }
    />
  );
}
