import { useId, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonText } from '../ui/skeleton.tsx';
import { usePasskeyPay, useWalletDeed } from '../wallet/use-wallet.ts';
import { EnablePasskeySheet } from './enable-passkey-sheet.tsx';
import { useSayWindow } from './use-say-window.ts';

/** On Security → PIN: a payment with Face ID or fingerprint in place of the PIN, for a while after it. */
export function PasskeySection() {
  const t = useT();
  const id = useId();
  const say = useToast();
  const sayWindow = useSayWindow();
  const passkey = usePasskeyPay();
  const [isAsking, setAsking] = useState(false);
  const disable = useWalletDeed((wallet) => wallet.passkeyPay.disable());
  const state = passkey.data;
  const isOn = state?.is === 'on';
  const turn = async (on: boolean) => {
    if (on) setAsking(true);
    else if (await disable.run()) say(t('passkey.off'));
  };
  return (
    <section className="flex flex-col gap-3">
      <div className="rounded-card border border-line bg-surface px-4 py-3">
        <label htmlFor={id} className="flex min-h-11 items-center justify-between gap-3 font-medium">
          {t('passkey.title')}
          {state === undefined ? (
            passkey.isPending && <SkeletonText />
          ) : (
            <input
              id={id}
              type="checkbox"
              role="switch"
              checked={isOn}
              aria-checked={isOn}
              disabled={state.is === 'unavailable' || disable.state.is === 'running'}
              onChange={(event) => void turn(event.target.checked)}
              aria-describedby={`${id}-what`}
              className="size-5 shrink-0 accent-accent"
            />
          )}
        </label>
        <p id={`${id}-what`} className="text-muted text-sm">
          {t('passkey.lead')}
        </p>
        {state?.is === 'on' && (
          <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 border-line border-t pt-2">
            <span className="text-muted">{t('passkey.window')}</span>
            <span className="flex items-center">
              <span className="figures font-medium">{sayWindow(state.windowMs)}</span>
              <Button tone="quiet" className="-mr-3" onClick={() => setAsking(true)}>
                {t('passkey.change-window')}
              </Button>
            </span>
            {state.pinNeeded && <p className="w-full text-muted text-sm">{t('passkey.pin-needed')}</p>}
            <p className="w-full text-muted text-sm">{t('passkey.wipes')}</p>
          </div>
        )}
      </div>
      {state?.is === 'unavailable' && <Notice tone="info" title={t(`passkey.${state.why}`)} />}
      {passkey.isError && (
        <ErrorNotice
          error={passkey.error}
          actions={<Button onClick={() => void passkey.refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {disable.state.is === 'failed' && <ErrorNotice error={disable.state.error} />}
      {isAsking && (
        <EnablePasskeySheet
          windowMs={state?.is === 'on' ? state.windowMs : null}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
