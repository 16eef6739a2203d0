import { isDomainError } from '@hexkey/contract';
import { useEffect, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton, TextLink } from '../app/link.tsx';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { ResendCode } from '../phone/resend-code.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { type PhonePurpose, usePhoneNumbers, usePhoneVerification } from './use-phone-verification.ts';

const codeLength = 4;

export const RegisterCodeScreen = () => <CodeScreen purpose="register" />;
export const LoginCodeScreen = () => <CodeScreen purpose="login" />;

/** The code from the text message; sent as soon as it is complete. */
function CodeScreen({ purpose }: { purpose: PhonePurpose }) {
  const t = useT();
  const [digits, setDigits] = useState('');
  const { pending, resend, confirm } = usePhoneVerification(purpose);
  const readable = usePhoneNumbers().data?.readable ?? ((e164: string) => e164);
  const failure = [confirm.state, resend.state].find((state) => state.is === 'failed');
  const running = confirm.state.is === 'running';

  // Without an answer the same code is still good: it stays for Continue.
  const isUsedUp = confirm.state.is === 'failed' && !isDomainError(confirm.state.error, 'Offline');
  useEffect(() => {
    if (isUsedUp) setDigits('');
  }, [isUsedUp]);

  const change = (next: string) => {
    setDigits(next);
    if (next.length === 1) confirm.reset();
    if (next.length === codeLength && digits.length < codeLength) void confirm.run(next);
  };

  return (
    <BareScreen
      title={t('code.title')}
      lead={
        <>
          {t('code.lead', { phone: pending ? readable(pending.phone.reveal()) : '' })}{' '}
          <TextLink to={`/${purpose}/phone`}>{t('code.change-number')}</TextLink>
        </>
      }
      bar={{ start: <BackLink from={`/${purpose}/phone/code`} /> }}
      footer={
        <Button
          wide
          disabled={digits.length < codeLength || running}
          onClick={() => void confirm.run(digits)}
        >
          {t('action.continue')}
        </Button>
      }
    >
      <CodeField
        label={t('code.label')}
        length={codeLength}
        value={digits}
        onChange={change}
        disabled={running}
        status={t('code.digit-of', { filled: digits.length, count: codeLength })}
      />
      <div className="mt-6 flex justify-center">
        <ResendCode atMs={pending?.verification.resendAtMs ?? 0} onResend={() => void resend.run()} />
      </div>
      {purpose === 'login' && <NeedHelp fromMs={pending?.verification.resendAtMs ?? 0} />}
      <div className="mt-6">
        {failure?.is === 'failed' && (
          <ErrorNotice error={failure.error} actions={wayOut(purpose, failure.error)} />
        )}
      </div>
    </BareScreen>
  );
}

/** The other flow, when the right code says that this one is the wrong one. */
function wayOut(purpose: PhonePurpose, error: unknown) {
  if (purpose === 'register' && isDomainError(error, 'PhoneNumberInUse'))
    return <OtherFlow to="/login/phone" />;
  if (isDomainError(error, 'PinUpgradeRequired')) return <OtherFlow to="/upgrade-pin" />;
  if (purpose === 'login' && isDomainError(error, 'NotFound')) return <OtherFlow to="/register/phone" />;
  return null;
}

/** Once the code had its time to come. @param fromMs by the server's clock, which counts it too */
function NeedHelp({ fromMs }: { fromMs: number }) {
  const t = useT();
  if (useNow(true) < fromMs) return null;
  return (
    <div className="flex justify-center">
      <StepButton tone="quiet" to="/login/help">
        {t('code.need-help')}
      </StepButton>
    </div>
  );
}

const otherFlows = {
  '/login/phone': 'action.log-in',
  '/register/phone': 'landing.create',
  '/upgrade-pin': 'upgrade.title',
} as const;

function OtherFlow({ to }: { to: keyof typeof otherFlows }) {
  const t = useT();
  return (
    <StepButton tone="secondary" to={to}>
      {t(otherFlows[to])}
    </StepButton>
  );
}
