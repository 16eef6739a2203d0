import { CircleCheck } from 'lucide-react';
import { type ComponentProps, type FormEvent, useState } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { usePhoneNumbers } from '../onboarding/use-phone-verification.ts';
import { CodeStep } from '../phone/code-step.tsx';
import { NewNumberForm } from '../phone/new-number-form.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { wholeMinutes } from '../ui/countdown.ts';
import { TextField } from '../ui/text-field.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { Waiting } from '../ui/waiting.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import type { DrillFlow, NumberDrill } from './drill-flow.ts';
import { DrillProgress } from './drill-progress.tsx';
import { useNumberDrill } from './use-number-drill.ts';

const pages = {
  phone: '/settings/account/security/recovery-kit/rehearse-phone',
  contact: '/settings/account/security/recovery-kit/rehearse-contact',
} as const;
type Drill = ReturnType<typeof useNumberDrill>;
type Bar = NonNullable<ComponentProps<typeof BareScreen>['bar']>;
type At<Where extends DrillFlow['at']> = Extract<DrillFlow, { at: Where }>;

/** /settings/account/security/recovery-kit/rehearse-phone: a login by SMS, in a session that is thrown away. */
export const RehearsePhoneScreen = () => <NumberDrillPage method="phone" />;
/** /settings/account/security/recovery-kit/rehearse-contact: a login as if the number were lost. */
export const RehearseContactScreen = () => <NumberDrillPage method="contact" />;

function NumberDrillPage({ method }: { method: NumberDrill }) {
  const drill = useNumberDrill(method);
  const bar = { start: <BackLink from={pages[method]} /> };
  const { flow } = drill;
  switch (flow.at) {
    case 'pin':
      return <PinStep method={method} flow={flow} drill={drill} bar={bar} />;
    case 'number':
      return <NumberStep flow={flow} drill={drill} bar={bar} />;
    case 'code':
      return method === 'phone' ? (
        <SmsCode flow={flow} drill={drill} bar={bar} />
      ) : (
        <SmsMissing flow={flow} drill={drill} bar={bar} />
      );
    case 'contact':
      return <WhoIsIt drill={drill} bar={bar} />;
    case 'contact-code':
      return <ContactsCode flow={flow} drill={drill} bar={bar} />;
    case 'done':
      return <Worked method={method} />;
  }
}

function PinStep(props: { method: NumberDrill; flow: At<'pin'>; drill: Drill; bar: Bar }) {
  const t = useT();
  const { method, flow, drill, bar } = props;
  return (
    <BareScreen
      title={t(`drill.${method}-title`)}
      bar={bar}
      lead={
        <div id="drill-lead" className="flex flex-col gap-2">
          {flow.again && <p role="alert">{t('pin-again.lead')}</p>}
          <p>{t(`drill.${method}-lead`)}</p>
          <p>{t('drill.thrown-away')}</p>
        </div>
      }
    >
      <div className="flex flex-1 flex-col justify-center py-6 wide:flex-none">
        <PinPrompt purpose={drill.prove} describedBy="drill-lead" />
      </div>
    </BareScreen>
  );
}

function NumberStep({ flow, drill, bar }: { flow: At<'number'>; drill: Drill; bar: Bar }) {
  const numbers = usePhoneNumbers();
  const { request } = drill;
  const failure = request.state.is === 'failed' ? request.state.error : flow.refusal;
  return (
    <NewNumberForm
      bar={bar}
      initial={flow.phone}
      refusal={failure}
      onChosen={(e164) => void drill.requestFor(e164)}
      numbers={numbers}
    />
  );
}

function SmsCode({ flow, drill, bar }: { flow: At<'code'>; drill: Drill; bar: Bar }) {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen title={t('code.title')} lead={t('drill.code-lead')} bar={bar}>
      <CodeStep
        atOnce
        sentFor={flow.verification.verificationId}
        resendAtMs={flow.verification.resendAtMs}
        confirm={drill.finish}
        resend={drill.resend}
        button={(ready) => (
          <Button wide type="submit" disabled={!ready}>
            {t('action.continue')}
          </Button>
        )}
      >
        <DrillProgress step={drill.step} />
      </CodeStep>
    </BareScreen>
  );
}

/** The server counts the 60 seconds; a wrong clock here must not make them longer. */
const waitMs = 60_000;

/** The SMS has come, and is left alone: whoever lost the number waits in vain. */
function SmsMissing({ flow, drill, bar }: { flow: At<'code'>; drill: Drill; bar: Bar }) {
  const t = useT();
  const countdown = useCountdownText();
  const nowMs = useNow(true);
  const [begunAtMs] = useState(nowMs);
  const leftMs = Math.min(flow.verification.resendAtMs, begunAtMs + waitMs) - nowMs;
  const { offer } = drill;
  useFocusOnMount();
  return (
    <BareScreen
      title={t('login-help.title')}
      lead={t('drill.wait-lead')}
      bar={bar}
      footer={
        <>
          {offer.state.is === 'failed' && <ErrorNotice error={offer.state.error} />}
          <Button wide disabled={leftMs > 0 || offer.state.is === 'running'} onClick={() => void offer.run()}>
            {t('login-help.lost')}
          </Button>
        </>
      }
    >
      {leftMs > 0 && (
        <>
          <p aria-hidden="true" className="figures text-center text-muted">
            {t('drill.wait-left', { time: countdown(leftMs) })}
          </p>
          <p className="sr-only">{t('drill.wait-left', { time: countdown(wholeMinutes(leftMs)) })}</p>
        </>
      )}
      {offer.state.is === 'running' && <Waiting>{t('login-help.asking')}</Waiting>}
    </BareScreen>
  );
}

function WhoIsIt({ drill, bar }: { drill: Drill; bar: Bar }) {
  const t = useT();
  const { ask } = drill;
  const [hexkeyId, setHexkeyId] = useState('');
  useFocusOnMount();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hexkeyId !== '') void ask.run(hexkeyId);
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <BareScreen
        title={t('login-contact.title')}
        lead={t('drill.contact-id-lead')}
        bar={bar}
        footer={
          <>
            {ask.state.is === 'failed' && <ErrorNotice error={ask.state.error} />}
            <Button wide type="submit" disabled={hexkeyId === '' || ask.state.is === 'running'}>
              {t('action.send-code')}
            </Button>
          </>
        }
      >
        <TextField
          label={t('login-contact.id')}
          inputMode="numeric"
          maxLength={20}
          data-route-focus
          value={hexkeyId}
          onChange={(event) => {
            ask.reset();
            setHexkeyId(event.target.value.replace(/\D/g, ''));
          }}
        />
        <p className="mt-4 text-muted">{t('login-contact.told')}</p>
      </BareScreen>
    </form>
  );
}

function ContactsCode({ flow, drill, bar }: { flow: At<'contact-code'>; drill: Drill; bar: Bar }) {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={t('login-contact.code-title')}
      lead={t('login-contact.code-lead', { id: flow.hexkeyId })}
      bar={bar}
    >
      <CodeStep
        atOnce
        sentFor={String(flow.times.expiresAtMs)}
        resendAtMs={flow.times.resendAtMs}
        confirm={drill.finish}
        resend={drill.askAgain}
        button={(ready) => (
          <Button wide type="submit" disabled={!ready}>
            {t('action.continue')}
          </Button>
        )}
      >
        <DrillProgress step={drill.step} />
      </CodeStep>
    </BareScreen>
  );
}

function Worked({ method }: { method: NumberDrill }) {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={t('words.rehearsed-title')}
      lead={<p role="status">{t(`drill.${method}-worked`)}</p>}
      hero={<CircleCheck aria-hidden="true" className="mb-4 size-12 stroke-[1.5] text-good" />}
      footer={
        <StepButton wide to="/settings/account/security/recovery-kit">
          {t('action.done')}
        </StepButton>
      }
    >
      <p className="text-muted">{t('drill.gone')}</p>
    </BareScreen>
  );
}
