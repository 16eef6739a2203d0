import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { useAccount } from '../more/use-account.ts';
import { CodeStep } from '../phone/code-step.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { CheckRow } from '../ui/check-row.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { Waiting } from '../ui/waiting.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { BalancesLeft } from './balances-left.tsx';
import { useDeleteAccount } from './use-delete-account.ts';
import { WhatGoes } from './what-goes.tsx';

const path = '/settings/account/delete';

/** /settings/account/delete: what it means, the PIN, the balances, the code of a phone account, the day, and the PIN again. */
export function DeleteAccountScreen() {
  const t = useT();
  const account = useAccount();
  const bar = { start: <BackLink from={path} /> };
  if (account.isPending)
    return (
      <BareScreen title={t('delete.title')} bar={bar}>
        <Waiting>{t('delete.loading')}</Waiting>
      </BareScreen>
    );
  if (account.data === undefined)
    return (
      <BareScreen title={t('delete.title')} bar={bar}>
        <ErrorNotice
          error={account.error}
          actions={<Button onClick={() => void account.refetch()}>{t('action.retry')}</Button>}
        />
      </BareScreen>
    );
  return <Steps phone={account.data.phoneMasked} />;
}

/** @param phone the number of a phone account, all but the last digits hidden */
function Steps({ phone }: { phone: string | null }) {
  const t = useT();
  const { date } = useFormatTime();
  const flow = useDeleteAccount(phone !== null);
  const { step, prepare } = flow;
  const bar = { start: <BackLink from={path} /> };
  const running = prepare.state.is === 'running';
  const failure = prepare.state.is === 'failed' && <ErrorNotice error={prepare.state.error} />;
  const stay = (
    <StepButton wide tone="secondary" to="/settings/account">
      {t('delete.keep')}
    </StepButton>
  );

  if (step.at === 'read')
    return (
      <BareScreen
        title={t('delete.title')}
        lead={t('delete.lead')}
        bar={bar}
        footer={
          <>
            <Button wide tone="danger" onClick={flow.goOn}>
              {t('action.continue')}
            </Button>
            {stay}
          </>
        }
      >
        <WhatGoes />
        <CheckRow
          label={t('delete.erase-device')}
          checked={flow.erasesDevice}
          onChange={flow.setErasesDevice}
        >
          {t('delete.erase-device-effect')}
        </CheckRow>
      </BareScreen>
    );
  if (step.at === 'pin')
    return (
      <Step
        title={t('delete.title')}
        bar={bar}
        lead={
          <div id="delete-lead">
            {step.again && <p role="alert">{t('pin-again.lead')}</p>}
            <p>{t('delete.pin-lead')}</p>
          </div>
        }
      >
        <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none">
          <PinPrompt purpose={flow.prove} describedBy="delete-lead" />
        </div>
      </Step>
    );
  if (step.at === 'balances')
    return (
      <Step
        title={t('delete.balances-title')}
        lead={t('delete.balances-lead')}
        bar={bar}
        footer={
          <>
            {failure}
            <Button wide tone="danger" disabled={running} onClick={flow.afterBalances}>
              {t('action.continue')}
            </Button>
            <StepButton wide tone="secondary" to="/wallet">
              {t('delete.see-wallet')}
            </StepButton>
          </>
        }
      >
        <BalancesLeft />
      </Step>
    );
  if (step.at === 'send')
    return (
      <Step
        title={t('delete.send-title')}
        lead={t('delete.send-lead')}
        bar={bar}
        footer={
          <>
            {failure}
            <Button wide disabled={running} onClick={() => void prepare.run()}>
              {t('action.send-code')}
            </Button>
            {stay}
          </>
        }
      >
        <p className="figures text-center font-semibold text-display">{phone}</p>
      </Step>
    );
  if (step.at === 'code')
    return (
      <Step title={t('code.title')} lead={t('code.lead', { phone: phone ?? '' })} bar={bar}>
        <CodeStep
          atOnce
          sentFor={step.sent.verificationId}
          resendAtMs={step.sent.resendAtMs}
          confirm={{
            state: step.refusal === null ? { is: 'idle' } : { is: 'failed', error: step.refusal },
            run: async (digits) => {
              flow.typed(digits);
              return true;
            },
            reset: () => undefined,
          }}
          resend={prepare}
          button={(ready) => (
            <Button wide type="submit" disabled={!ready}>
              {t('action.continue')}
            </Button>
          )}
        />
      </Step>
    );
  return (
    <Step
      title={t('delete.day-title', { date: date(flow.effectiveAtMs) })}
      bar={bar}
      lead={<p id="delete-day-lead">{t('delete.day-lead')}</p>}
      footer={stay}
    >
      <Notice tone="warn" title={t('delete.undo-title')}>
        {t('delete.undo')}
      </Notice>
      <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none">
        <PinPrompt purpose={flow.confirm} describedBy="delete-day-lead" />
      </div>
    </Step>
  );
}

/** A step within the page: its first field or its heading takes the focus. */
function Step(props: Parameters<typeof BareScreen>[0]) {
  useFocusOnMount();
  return <BareScreen {...props} />;
}
