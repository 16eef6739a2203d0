import type { DeviceOnHold } from '@hexkey/sdk';
import { type FormEvent, useState } from 'react';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { TextField } from '../ui/text-field.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';
import { useWallet } from '../wallet/use-wallet.ts';

/** Asks for the code that the new device shows, then for the PIN, before it may send. */
export function ApproveSheet({ device, onClose }: { device: DeviceOnHold; onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const wallet = useWallet();
  const [code, setCode] = useState('');
  const [isTyped, setIsTyped] = useState(false);
  const { name, sessionId } = device;
  const approve: PinPurpose = async (pin) => {
    await wallet.approveDevice(sessionId, code, pin);
    say(t('devices-on-hold.approved', { name }));
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTyped(true);
  };
  return (
    <Sheet
      open
      title={t('devices-on-hold.approve-title', { name })}
      onClose={onClose}
      actions={
        <Button wide tone="secondary" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      }
    >
      <p id="approve-lead">{t('devices-on-hold.approve-lead')}</p>
      <div className="flex flex-col gap-6 pt-6 text-ink">
        {isTyped ? (
          <>
            <div className="flex flex-wrap items-center justify-between gap-3">
              <span className="figures font-medium">{code}</span>
              <Button tone="secondary" onClick={() => setIsTyped(false)}>
                {t('devices-on-hold.code-again')}
              </Button>
            </div>
            <PinPrompt purpose={approve} describedBy="approve-lead" />
          </>
        ) : (
          <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-3">
            <TextField
              label={t('devices-on-hold.code')}
              inputMode="numeric"
              maxLength={40}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
            <p className="text-muted text-sm">{t('devices-on-hold.code-hint')}</p>
            <Button wide type="submit" disabled={code.replace(/\D/g, '').length !== 20}>
              {t('action.continue')}
            </Button>
          </form>
        )}
      </div>
    </Sheet>
  );
}
