import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton, TextLink } from '../app/link.tsx';
import { HeldDevicesSection } from '../device-holds/held-devices-section.tsx';
import { useT } from '../i18n/use-t.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { DeviceRow } from './device-row.tsx';
import { EndDeviceSheet } from './end-device-sheet.tsx';
import { type Ending, useDevices } from './use-devices.ts';

/** /settings/account/security/devices: what is logged in, and the way to end it. */
export function DevicesScreen() {
  const t = useT();
  const [ending, setEnding] = useState<Ending | null>(null);
  return (
    <SettingPage path="/settings/account/security/devices">
      <p className="text-muted">{t('devices.lead')}</p>
      <StepButton to="/settings/account/security/devices/link">{t('link-device.title')}</StepButton>
      <DeviceList onEnd={setEnding} />
      <HeldDevicesSection />
      {ending !== null && <EndDeviceSheet ending={ending} onClose={() => setEnding(null)} />}
    </SettingPage>
  );
}

function DeviceList({ onEnd }: { onEnd: (ending: Ending) => void }) {
  const t = useT();
  const devices = useDevices();
  if (devices.isPending) return <SkeletonRows label={t('devices.loading')} count={2} />;
  if (devices.isError)
    return (
      <ErrorNotice
        error={devices.error}
        actions={<Button onClick={() => void devices.refetch()}>{t('action.retry')}</Button>}
      />
    );
  const isAlone = devices.data.length === 1;
  return (
    <>
      <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        {devices.data.map((device) => (
          <DeviceRow key={device.sessionId} device={device} onEnd={() => onEnd(device)} />
        ))}
      </ul>
      {isAlone ? (
        <EmptyState icon={<MonitorSmartphone aria-hidden="true" />} title={t('devices.alone-title')}>
          {t('devices.alone')}
        </EmptyState>
      ) : (
        <>
          <Button tone="secondary" onClick={() => onEnd('others')}>
            {t('devices.end-others')}
          </Button>
          <p className="text-muted text-sm">
            {t('devices.unknown')}{' '}
            <TextLink to="/settings/account/security/pin/change">{t('change-pin.title')}</TextLink>
          </p>
        </>
      )}
    </>
  );
}
