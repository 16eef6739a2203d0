import { DomainError } from '@hexkey/contract';
import type { ReactNode } from 'react';
import { errorsEn } from '../i18n/errors-en.ts';
import { errorsZh } from '../i18n/errors-zh.ts';
import { fill } from '../i18n/translate.ts';
import { useSpeech } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { useCountdownText } from './use-countdown-text.ts';

/** A refusal in words: what happened, what to do, and its number for support. Anything else is said to be a fault. */
export function ErrorNotice({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const { t, language } = useSpeech();
  const countdown = useCountdownText();
  const known: DomainError | null = error instanceof DomainError ? error : null;
  const words = (language === 'zh' ? errorsZh : errorsEn)[known?.name ?? 'Unknown'];
  return (
    <Notice
      urgent
      tone="danger"
      title={words.what}
      actions={actions}
      {...(known && { footnote: t('error.code', { code: known.code }) })}
    >
      {fill(words.next, known ? parametersOf(known, countdown) : {})}
    </Notice>
  );
}

function parametersOf(
  error: DomainError,
  countdown: (leftMs: number) => string,
): Record<string, string | number> {
  const details: Readonly<Record<string, unknown>> = { ...error.details };
  const parameters: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(details))
    if (typeof value === 'number') parameters[name] = value;
  if (parameters.retryAfterMs !== undefined) parameters.time = countdown(Number(parameters.retryAfterMs));
  const count = parameters.triesLeft ?? parameters.attemptsLeft;
  if (count !== undefined) parameters.count = count;
  return parameters;
}
