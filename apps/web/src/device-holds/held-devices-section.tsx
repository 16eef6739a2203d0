import { useT } from '../i18n/use-t.ts';
import { useDevicesOnHold } from '../wallet/use-wallet.ts';
import { HeldDevices } from './held-devices.tsx';

/** Below the list of devices: those that may not send yet, when there are any. */
export function HeldDevicesSection() {
  const t = useT();
  const held = useDevicesOnHold();
  if (!held.data?.length) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-medium">{t('devices-on-hold.title')}</h2>
      <p className="text-muted">{t('devices-on-hold.lead')}</p>
      <HeldDevices />
    </section>
  );
}
