import { isDomainError } from '@hexkey/contract';
import { payWindowsMs } from '@hexkey/sdk';
import { useState } from 'react';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { Notice } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';
import { useWallet } from '../wallet/use-wallet.ts';
import { useSayWindow } from './use-say-window.ts';

const defaultWindowMs = 2 * 3_600_000;

/** The window, then the PIN, then the device's own question. @param windowMs the present one; null: it is off */
export function EnablePasskeySheet({ windowMs, onClose }: { windowMs: number | null; onClose: () => void }) {
  const t = useT();
  const say = useToast();
  const wallet = useWallet();
  const sayWindow = useSayWindow();
  const [chosen, setChosen] = useState(String(windowMs ?? defaultWindowMs));
  const [isProving, setProving] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const enable: PinPurpose = async (pin) => {
    try {
      await wallet.passkeyPay.enable(pin, Number(chosen));
    } catch (error) {
      if (!isDomainError(error, 'PasskeyRefused')) throw error;
      // The PIN was right: what is wrong is on this device, and the window need not be chosen again.
      setRefused(true);
      setProving(false);
      return;
    }
    say(t(windowMs === null ? 'passkey.on' : 'passkey.changed'));
    onClose();
  };
  return (
    <Sheet
      open
      title={t('passkey.title')}
      onClose={onClose}
      actions={
        <>
          {!isProving && (
            <Button wide onClick={() => setProving(true)}>
              {t('action.continue')}
            </Button>
          )}
          <Button wide tone="secondary" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      {isProving ? (
        <>
          <p id="passkey-lead">{t('passkey.pin')}</p>
          <div className="pt-6 text-ink">
            <PinPrompt purpose={enable} describedBy="passkey-lead" />
          </div>
        </>
      ) : (
        <>
          {isRefused && (
            <div className="mb-4 text-ink">
              <Notice urgent tone="warn" title={t('passkey.refused')}>
                {t('passkey.no-prf')}
              </Notice>
            </div>
          )}
          <p>{t('passkey.choose-window')}</p>
          <div className="mt-4 text-ink">
            <ChoiceList
              label={t('passkey.choose-window')}
              choices={payWindowsMs.map((ms) => ({ value: String(ms), label: sayWindow(ms) }))}
              value={chosen}
              onChange={setChosen}
            />
          </div>
        </>
      )}
    </Sheet>
  );
}
