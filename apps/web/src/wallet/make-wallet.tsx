import type { PinProgress } from '@hexkey/sdk';
import { useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { PinSteps } from '../onboarding/pin-steps.tsx';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import type { PinPurpose } from '../unlock/use-pin-prompt.ts';
import { Teaching } from './teaching.tsx';
import { useWallet } from './use-wallet.ts';

/** An account that was made before there were wallets makes its own here, or at its next PIN entry. */
export function MakeWallet() {
  const t = useT();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Teaching title={t('wallet.missing-title')}>{t('wallet.missing')}</Teaching>
      <Button wide onClick={() => setAsking(true)}>
        {t('wallet.make')}
      </Button>
      {isAsking && <MakeSheet onClose={() => setAsking(false)} />}
    </>
  );
}

function MakeSheet({ onClose }: { onClose: () => void }) {
  const t = useT();
  const wallet = useWallet();
  const [progress, setProgress] = useState<PinProgress | null>(null);
  const make: PinPurpose = async (pin, onProgress) => {
    try {
      await wallet.create(pin, (now) => {
        onProgress(now);
        setProgress(now);
      });
      onClose();
    } finally {
      setProgress(null);
    }
  };
  // Before that the PIN is being proven, which its prompt says.
  const isMaking = progress?.step === 'making-wallet';
  return (
    <Sheet
      open
      title={t(isMaking ? 'wallet.making-title' : 'wallet.make')}
      onClose={onClose}
      actions={
        !isMaking && (
          <Button wide tone="secondary" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        )
      }
    >
      <p id="make-wallet-lead">{t(isMaking ? 'wallet.making' : 'wallet.make-pin')}</p>
      <div className="pt-6 text-ink">
        {isMaking && <PinSteps work="wallet" label={t('wallet.progress')} progress={progress} />}
        <div hidden={isMaking}>
          <PinPrompt purpose={make} describedBy="make-wallet-lead" />
        </div>
      </div>
    </Sheet>
  );
}
