import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { useWalletAccess, useWalletCheck } from './use-wallet-access.ts';

/** /wallet/check: the PIN, now and then, before the wallet opens. Whoever leaves finds the wallet closed. */
export function WalletCheckScreen() {
  const t = useT();
  const check = useWalletCheck();
  const { access, state, retry } = useWalletAccess();
  return (
    <BareScreen
      title={t('wallet-check.title')}
      lead={<span id="check-why">{t('wallet-check.lead')}</span>}
      bar={{ start: <BackLink from="/wallet/check" /> }}
      footer={
        <StepButton wide tone="quiet" to="/settings/account/security/forgot-pin">
          {t('forgot.title')}
        </StepButton>
      }
    >
      <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none wide:pt-16">
        {state.is === 'failed' && (
          <ErrorNotice error={state.error} actions={<Button onClick={retry}>{t('action.retry')}</Button>} />
        )}
        {access === 'check-due' && (
          <PinPrompt purpose={check} describedBy="check-why" whenLocked={<Locked />} />
        )}
      </div>
    </BareScreen>
  );
}

function Locked() {
  const t = useT();
  return (
    <div className="flex w-full flex-col items-center gap-4 text-center">
      <p className="text-muted">{t('wallet-check.closed')}</p>
      <StepButton wide to="/chats">
        {t('wallet-check.got-it')}
      </StepButton>
    </div>
  );
}
