import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { type Ending, useEndDevices } from './use-devices.ts';

/** Asks for the PIN before a device, or all others, are logged out. */
export function EndDeviceSheet({ ending, onClose }: { ending: Ending; onClose: () => void }) {
  const t = useT();
  const end = useEndDevices(ending, onClose);
  return (
    <Sheet
      open
      title={
        ending === 'others' ? t('devices.end-others-title') : t('devices.end-title', { name: ending.name })
      }
      onClose={onClose}
      actions={
        <Button wide tone="secondary" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      }
    >
      <p id="end-device-lead">{t('devices.end-lead')}</p>
      <div className="pt-6">
        <PinPrompt purpose={end} describedBy="end-device-lead" />
      </div>
    </Sheet>
  );
}
