import { useT } from '../i18n/use-t.ts';
import { WalletPage } from '../wallet/wallet-page.tsx';
import { HeldDevices } from './held-devices.tsx';

/** /wallet/devices-on-hold: new devices, and letting one of them send before its time. */
export function DevicesOnHoldScreen() {
  const t = useT();
  return (
    <WalletPage path="/wallet/devices-on-hold">
      <p className="text-muted">{t('devices-on-hold.lead')}</p>
      <HeldDevices />
    </WalletPage>
  );
}
