import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { useDevicesOnHold } from '../wallet/use-wallet.ts';

/** Other devices of the account that may not send yet. Nothing is said while that is not known. */
export function WaitingDevices() {
  const t = useT();
  const held = useDevicesOnHold();
  if (!held.data?.length) return null;
  return (
    <Notice
      tone="info"
      title={t('devices-on-hold.waiting', { count: held.data.length })}
      actions={
        <StepButton tone="secondary" to="/wallet/devices-on-hold">
          {t('devices-on-hold.see')}
        </StepButton>
      }
    >
      {t('devices-on-hold.waiting-lead')}
    </Notice>
  );
}
