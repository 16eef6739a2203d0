import { Fingerprint } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useOperation } from '../app/use-operation.ts';
import { HelpLink } from '../help/help-link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { SwitchAccountSheet } from '../unlock/switch-account-sheet.tsx';
import { useAppLock } from './use-app-lock.ts';

/** In the place of every page while the app lock is closed. The address stays, so what was open is there again afterwards. */
export function LockScreen() {
  const t = useT();
  const { hexkey } = useDependencies();
  const { state, lock } = useAppLock();
  const [asksPin, setAsksPin] = useState(state.passkeyId === null);
  const [leaving, setLeaving] = useState(false);
  useFocusOnMount();
  useEffect(() => {
    document.title = `${t('app-lock.locked')} · ${t('app.name')}`;
  }, [t]);
  return (
    <BareScreen
      title={t('app-lock.locked')}
      lead={<span id="app-lock-lead">{t('app-lock.locked-lead')}</span>}
      bar={{ start: <Mark className="m-1.5 size-8" /> }}
    >
      <div className="flex flex-1 flex-col gap-6 py-6">
        {state.passkeyId !== null && <PasskeyWay passkeyId={state.passkeyId} />}
        {asksPin ? (
          <PinPrompt
            purpose={async (pin, onProgress) => {
              await hexkey.checkPin(pin, onProgress);
              lock.open();
            }}
            describedBy="app-lock-lead"
          />
        ) : (
          <Button wide tone="secondary" onClick={() => setAsksPin(true)}>
            {t('app-lock.use-pin')}
          </Button>
        )}
        <div className="mt-auto flex flex-wrap justify-center gap-x-6">
          <HelpLink articleId="forgot-pin">{t('unlock.forgot')}</HelpLink>
          <Button tone="quiet" onClick={() => setLeaving(true)}>
            {t('unlock.switch')}
          </Button>
        </div>
      </div>
      {leaving && <SwitchAccountSheet onClose={() => setLeaving(false)} />}
    </BareScreen>
  );
}

function PasskeyWay({ passkeyId }: { passkeyId: string }) {
  const t = useT();
  const { browser } = useDependencies();
  const { lock } = useAppLock();
  const { state, run } = useOperation(async () => {
    await browser.passkeys.show(passkeyId);
    lock.open();
  });
  return (
    <>
      <Button wide data-route-focus disabled={state.is === 'running'} onClick={() => void run()}>
        <Fingerprint aria-hidden="true" className="size-5" />
        {t('app-lock.use-passkey')}
      </Button>
      {state.is === 'failed' && <ErrorNotice error={state.error} />}
    </>
  );
}
