import type { TeamMessage } from '@hexkey/contract';
import type { KeptTeamMessage } from '@hexkey/sdk';
import { StepButton } from '../app/link.tsx';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useFormatTime } from '../app/use-format-time.ts';
import { useNow } from '../app/use-now.ts';
import { useT } from '../i18n/use-t.ts';
import { wholeMinutes } from '../ui/countdown.ts';
import { pageOf, textOf, titleOf } from './say-message.ts';

/** One message of Team Hexkey, with the way to what can be done about it. */
export function TeamMessageBubble({ kept }: { kept: KeptTeamMessage }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const { message } = kept;
  const page = message && pageOf(message);
  return (
    <li className="mr-8 rounded-card border border-line bg-surface p-4 [overflow-wrap:anywhere]">
      <p className="font-medium">{titleOf(t, message)}</p>
      {message?.kind === 'recoveryCode' && <Code parameters={message.parameters} />}
      {message && <p className="mt-1 text-muted">{textOf(t, message)}</p>}
      {page && (
        <div className="mt-3">
          <StepButton tone="secondary" to={page}>
            {t(page === '/chats/contact-login' ? 'team.refuse' : 'team.look')}
          </StepButton>
        </div>
      )}
      <p className="figures mt-2 text-muted text-sm">{dateTime(kept.sentAtMs)}</p>
    </li>
  );
}

type Parameters = Extract<TeamMessage, { kind: 'recoveryCode' }>['parameters'];

/** Large, because it is read out on a call; gone when it no longer works. */
function Code({ parameters: { code, expiresAtMs } }: { parameters: Parameters }) {
  const t = useT();
  const countdown = useCountdownText();
  const leftMs = expiresAtMs - useNow(true);
  if (leftMs <= 0) return <p className="mt-2 font-medium text-warn">{t('team.code-expired')}</p>;
  return (
    <>
      <p className="figures mt-2 font-semibold text-number tracking-widest">{code}</p>
      <p aria-hidden="true" className="figures text-muted text-sm">
        {t('team.code-for', { time: countdown(leftMs) })}
      </p>
      <p className="sr-only">{t('team.code-for', { time: countdown(wholeMinutes(leftMs)) })}</p>
    </>
  );
}
