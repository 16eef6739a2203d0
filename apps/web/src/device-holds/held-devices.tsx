import type { DeviceOnHold } from '@hexkey/sdk';
import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useDevicesOnHold } from '../wallet/use-wallet.ts';
import { ApproveSheet } from './approve-sheet.tsx';

/** The devices on hold, each with the way to end that. */
export function HeldDevices() {
  const t = useT();
  const { dateTime } = useFormatTime();
  const held = useDevicesOnHold();
  const [approved, setApproved] = useState<DeviceOnHold | null>(null);
  if (held.isPending) return <SkeletonRows label={t('devices-on-hold.loading')} count={1} />;
  if (held.data === undefined)
    return (
      <ErrorNotice
        error={held.error}
        actions={<Button onClick={() => void held.refetch()}>{t('action.retry')}</Button>}
      />
    );
  return (
    <>
      {held.data.length === 0 && (
        <EmptyState icon={<MonitorSmartphone aria-hidden="true" />} title={t('devices-on-hold.none-title')}>
          {t('devices-on-hold.none')}
        </EmptyState>
      )}
      {held.data.length > 0 && (
        <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
          {held.data.map((device) => (
            <li key={device.sessionId} className="flex flex-wrap items-center gap-3 px-4 py-3">
              <span className="min-w-0 flex-1">
                <span className="block font-medium [overflow-wrap:anywhere]">{device.name}</span>
                <span className="figures block text-muted text-sm">
                  {t('devices-on-hold.until', { time: dateTime(device.untilMs) })}
                </span>
              </span>
              <Button
                tone="secondary"
                aria-label={t('devices-on-hold.approve-name', { name: device.name })}
                onClick={() => setApproved(device)}
              >
                {t('devices-on-hold.approve')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {approved && <ApproveSheet device={approved} onClose={() => setApproved(null)} />}
    </>
  );
}
