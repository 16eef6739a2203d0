import type { DeviceView } from '@hexkey/contract';
import { Globe, SquareTerminal } from 'lucide-react';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';

const platforms = {
  web: { icon: Globe, key: 'devices.platform-web' },
  cli: { icon: SquareTerminal, key: 'devices.platform-cli' },
} as const;

/** One device: what it is, where and when it was last seen. */
export function DeviceRow({ device, onEnd }: { device: DeviceView; onEnd: () => void }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const { icon: Icon, key } = platforms[device.platform];
  return (
    <li className="flex gap-3 px-4 py-3">
      <Icon aria-hidden="true" className="mt-px size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium [overflow-wrap:anywhere]">{device.name}</p>
        <p className="figures text-muted text-sm [overflow-wrap:anywhere]">
          {[t(key), device.place].filter(Boolean).join(' · ')}
        </p>
        <p className="figures text-muted text-sm">
          {t('devices.last-seen', { time: dateTime(device.lastSeenAtMs) })}
        </p>
        {device.isThisOne && <p className="font-medium text-good text-sm">{t('devices.this')}</p>}
        {device.state === 'locked' && <p className="font-medium text-sm text-warn">{t('devices.locked')}</p>}
        {!device.isThisOne && (
          <Button
            tone="quiet"
            className="-ml-5"
            aria-label={t('devices.end-name', { name: device.name })}
            onClick={onEnd}
          >
            {t('devices.end')}
          </Button>
        )}
      </div>
    </li>
  );
}
