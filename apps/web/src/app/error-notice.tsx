import { DomainError } from '@hexkey/contract';
import { Fragment, type ReactNode, useMemo } from 'react';
import { ErrorHelp } from '../help/error-help.tsx';
import { fill } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { wholeMinutes } from '../ui/countdown.ts';
import { Notice } from '../ui/notice.tsx';
import { useDependencies } from './app-dependencies.ts';
import { useCountdownText } from './use-countdown-text.ts';
import { useNow } from './use-now.ts';

/** A refusal in words: what happened, what to do, and its number for support. Anything else is said to be a fault. */
export function ErrorNotice({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const { t, errors } = useSpeech();
  const known: DomainError | null = error instanceof DomainError ? error : null;
  const words = errors[known?.name ?? 'Unknown'];
  const next = fill(words.next, known ? parametersOf(known) : {});
  return (
    <Notice
      urgent
      tone="danger"
      title={words.what}
      actions={
        <>
          {actions}
          <ErrorHelp name={known?.name ?? 'Unknown'} />
        </>
      }
      {...(known && { footnote: t('error.code', { code: known.code }) })}
    >
      {known && 'retryAfterMs' in known.details ? (
        <CountingDown text={next} error={known} waitMs={known.details.retryAfterMs} />
      ) : (
        next
      )}
    </Notice>
  );
}

/** A text whose `{time}` is what is left of a wait. Seconds are seen; a voice hears minutes, or it would say nothing else. */
function CountingDown({ text, error, waitMs }: { text: string; error: DomainError; waitMs: number }) {
  const { clock } = useDependencies();
  const countdown = useCountdownText();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wait begins with the error
  const untilMs = useMemo(() => clock.now() + waitMs, [error, clock, waitMs]);
  const leftMs = Math.max(0, untilMs - useNow(true));
  return text.split('{time}').map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other identity
    <Fragment key={index}>
      {index > 0 && (
        <>
          <span aria-hidden="true" className="figures">
            {countdown(leftMs)}
          </span>
          <span className="sr-only">{countdown(wholeMinutes(leftMs))}</span>
        </>
      )}
      {part}
    </Fragment>
  ));
}

/** Numbers of a refusal under the names its texts use. `time` is not among them: it runs. */
function parametersOf(error: DomainError): Record<string, string | number> {
  const details: Readonly<Record<string, unknown>> = { ...error.details };
  const parameters: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(details))
    if (typeof value === 'number') parameters[name] = value;
  const count = parameters.triesLeft ?? parameters.attemptsLeft;
  if (count !== undefined) parameters.count = count;
  return parameters;
}
