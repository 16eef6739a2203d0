import { isDomainError } from '@hexkey/contract';
import { useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton, TextLink } from '../app/link.tsx';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
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

  const submit = async (code: string) => {
    if (!(await confirm.run(code))) setDigits('');
  };
  const change = (next: string) => {
    setDigits(next);
    if (next.length === 1) confirm.reset();
    if (next.length === codeLength && digits.length < codeLength) void submit(next);
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
        <Button wide disabled={digits.length < codeLength || running} onClick={() => void submit(digits)}>
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
        <Resend atMs={pending?.verification.resendAtMs ?? 0} onResend={() => void resend.run()} />
      </div>
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
  if (purpose === 'login' && isDomainError(error, 'NotFound')) return <OtherFlow to="/register/phone" />;
  return null;
}

function OtherFlow({ to }: { to: '/login/phone' | '/register/phone' }) {
  const t = useT();
  return (
    <StepButton tone="secondary" to={to}>
      {t(to === '/login/phone' ? 'action.log-in' : 'landing.create')}
    </StepButton>
  );
}

/** The server never makes anybody wait longer than this; a wrong clock here must not either. */
const longestResendWaitMs = 60_000;

function Resend({ atMs, onResend }: { atMs: number; onResend: () => void }) {
  const t = useT();
  const countdown = useCountdownText();
  const leftMs = Math.min(atMs - useNow(true), longestResendWaitMs);
  if (leftMs > 0)
    return <p className="figures min-h-11 text-muted">{t('code.resend-in', { time: countdown(leftMs) })}</p>;
  return (
    <Button tone="quiet" onClick={onResend}>
      {t('code.resend')}
    </Button>
  );
}
