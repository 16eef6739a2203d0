import { ArrowRight } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useNow } from '../app/use-now.ts';
import { useToast } from '../app/use-toast.ts';
import { useT } from '../i18n/use-t.ts';
import { CodeStep } from '../phone/code-step.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { wholeMinutes } from '../ui/countdown.ts';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import type { ContactFlow } from './contact-flow.ts';
import { nameOf } from './name-of.ts';
import type { useContactFlow } from './use-contact-flow.ts';

type Bar = NonNullable<ComponentProps<typeof BareScreen>['bar']>;

/** The code that the contact reads out, with what is left of its five minutes. */
export function ContactCode(props: {
  flow: Extract<ContactFlow, { at: 'code' }>;
  steps: ReturnType<typeof useContactFlow>;
  bar: Bar;
}) {
  const t = useT();
  const say = useToast();
  const { flow, steps } = props;
  const { person, verification } = flow;
  useFocusOnMount();
  const resend = {
    ...steps.request,
    run: async () => {
      steps.confirm.reset();
      const sent = await steps.request.run(person);
      if (sent) say(t('code.resent'));
      return sent;
    },
  };
  return (
    <BareScreen
      title={t('contact.code-title')}
      lead={t('contact.code-lead', { name: nameOf(person), id: person.hexkeyId })}
      bar={props.bar}
    >
      <CodeStep
        atOnce={false}
        sentFor={verification.verificationId}
        resendAtMs={verification.resendAtMs}
        confirm={steps.confirm}
        resend={resend}
        button={(ready) => (
          <div className="flex items-center justify-between gap-3">
            <Button tone="quiet" onClick={() => steps.send({ type: 'went-back' })}>
              {t('contact.choose-another')}
            </Button>
            <button
              type="submit"
              disabled={!ready}
              aria-label={t('contact.confirm')}
              title={t('contact.confirm')}
              className="inline-flex size-14 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent transition-colors duration-150 enabled:hover:bg-accent/90 disabled:opacity-50"
            >
              <ArrowRight aria-hidden="true" className="size-6" />
            </button>
          </div>
        )}
      >
        <TimeLeft untilMs={verification.expiresAtMs} />
      </CodeStep>
    </BareScreen>
  );
}

/** Seconds are seen; a voice hears minutes. */
function TimeLeft({ untilMs }: { untilMs: number }) {
  const t = useT();
  const countdown = useCountdownText();
  const leftMs = Math.max(0, untilMs - useNow(true));
  if (leftMs === 0)
    return (
      <p role="alert" className="text-center font-medium text-warn">
        {t('contact.code-over')}
      </p>
    );
  return (
    <p className="text-center text-muted">
      <span aria-hidden="true" className="figures">
        {t('contact.code-left', { time: countdown(leftMs) })}
      </span>
      <span role="status" className="sr-only">
        {t('contact.code-left', { time: countdown(wholeMinutes(leftMs)) })}
      </span>
    </p>
  );
}
