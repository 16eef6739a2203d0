import { useDependencies } from '../app/app-dependencies.ts';
import { BackLink } from '../app/link.tsx';
import { useStore } from '../app/store.ts';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useNow } from '../app/use-now.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { CodeStep } from '../phone/code-step.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { wholeMinutes } from '../ui/countdown.ts';
import { ContactLoginOver, isLoginOver } from './contact-login-over.tsx';
import { useAskContact, useEnterWithContact } from './use-contact-login.ts';

/** /login/contact/code: the code that Team Hexkey sent to the contact. It ends, as every login, before the PIN. */
export function LoginContactCodeScreen() {
  const t = useT();
  const say = useToast();
  const sent = useStore(useDependencies().onboarding).contactLogin?.sent;
  const confirm = useEnterWithContact();
  const ask = useAskContact();
  const resend = {
    ...ask,
    async run() {
      confirm.reset();
      const isSent = await ask.run(sent?.hexkeyId ?? '');
      if (isSent) say(t('code.resent'));
      return isSent;
    },
  };
  if (isLoginOver(ask.state) || isLoginOver(confirm.state)) return <ContactLoginOver />;
  return (
    <BareScreen
      title={t('login-contact.code-title')}
      lead={t('login-contact.code-lead', { id: sent?.hexkeyId ?? '' })}
      bar={{ start: <BackLink from="/login/contact/code" /> }}
    >
      <CodeStep
        atOnce
        sentFor={String(sent?.expiresAtMs)}
        resendAtMs={sent?.resendAtMs ?? 0}
        confirm={confirm}
        resend={resend}
        button={(ready) => (
          <Button wide type="submit" disabled={!ready}>
            {t('action.continue')}
          </Button>
        )}
      >
        <ValidFor untilMs={sent?.expiresAtMs ?? 0} />
      </CodeStep>
    </BareScreen>
  );
}

/** How long the code still works. */
function ValidFor({ untilMs }: { untilMs: number }) {
  const t = useT();
  const countdown = useCountdownText();
  const leftMs = untilMs - useNow(true);
  if (leftMs <= 0) return <p className="text-center font-medium text-warn">{t('login-contact.expired')}</p>;
  return (
    <>
      <p aria-hidden="true" className="figures text-center text-muted">
        {t('team.code-for', { time: countdown(leftMs) })}
      </p>
      <p className="sr-only">{t('team.code-for', { time: countdown(wholeMinutes(leftMs)) })}</p>
    </>
  );
}
