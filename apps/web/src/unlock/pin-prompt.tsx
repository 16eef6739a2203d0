import { isDomainError } from '@hexkey/contract';
import type { PinProgress } from '@hexkey/sdk';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useCountdownText } from '../app/use-countdown-text.ts';
import { useOnline } from '../app/use-online.ts';
import { useBusy } from '../app-update/use-busy.ts';
import { ErrorHelp } from '../help/error-help.tsx';
import type { Translate } from '../i18n/catalogue.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { wholeMinutes } from '../ui/countdown.ts';
import { Notice } from '../ui/notice.tsx';
import { PinField } from '../ui/pin-field/pin-field.tsx';
import { PinLock } from '../ui/pin-field/pin-lock.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { type PinPurpose, usePinPrompt } from './use-pin-prompt.ts';

/**
 * Asks for the PIN and says what came of it: tries left, the lock with its countdown, or what stands in the way.
 * @param whenLocked what else there is to do while the lock lasts
 */
export function PinPrompt(props: { purpose: PinPurpose; describedBy?: string; whenLocked?: ReactNode }) {
  const t = useT();
  const online = useOnline();
  const countdown = useCountdownText();
  const prompt = usePinPrompt(props.purpose);
  useBusy('pin', prompt.entry.digits !== '' || prompt.running);

  if (prompt.lockedMs > 0)
    return (
      <div className="flex flex-col items-center gap-6">
        <PinLock
          title={t('pin.locked')}
          countdown={countdown(prompt.lockedMs)}
          why={t('pin.locked-why')}
          spoken={t('pin.locked-for', { time: countdown(wholeMinutes(prompt.lockedMs)) })}
        />
        {props.whenLocked}
      </div>
    );
  return (
    <div className="flex flex-col gap-6">
      <PinField
        entry={prompt.entry}
        onComplete={(digits) => void prompt.submit(digits)}
        busy={prompt.running}
        disabled={!online}
        {...(props.describedBy && { describedBy: props.describedBy })}
      />
      <div className="flex min-h-24 flex-col gap-3">
        {prompt.running && <Waiting>{sayProgress(t, prompt.progress)}</Waiting>}
        {online ? (
          <>
            <Answer error={prompt.error} onRetry={prompt.retry} />
            {prompt.triedBefore && (
              <TriedBefore onUse={prompt.useTryAnyway} onTypeAnother={prompt.typeAnother} />
            )}
          </>
        ) : (
          <Notice tone="warn" title={t('pin.offline')} />
        )}
      </div>
    </div>
  );
}

/** Said before a try is spent on digits that this device knows to be wrong. */
function TriedBefore({ onUse, onTypeAnother }: { onUse: () => void; onTypeAnother: () => void }) {
  const t = useT();
  return (
    <Notice
      urgent
      tone="warn"
      title={t('pin.tried-title')}
      actions={
        <>
          <Button onClick={onTypeAnother}>{t('pin.type-another')}</Button>
          <Button tone="secondary" onClick={onUse}>
            {t('pin.use-try')}
          </Button>
        </>
      }
    >
      {t('pin.tried')}
    </Notice>
  );
}

function Answer({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useT();
  // A lock that is over leaves nothing to say.
  if (error === null || isDomainError(error, 'PinLocked')) return null;
  if (isDomainError(error, 'WrongPin')) {
    const count = error.details.attemptsLeft;
    return (
      <div className="flex flex-col items-center">
        <p role="alert" className="text-center font-medium text-danger">
          {count > 0 ? t('pin.attempts-left', { count }) : t('pin.attempts-none')}
          <span className="figures block font-normal text-muted text-sm">
            {t('error.code', { code: error.code })}
          </span>
        </p>
        <ErrorHelp name={error.name} />
      </div>
    );
  }
  const retry = <Button onClick={onRetry}>{t('action.retry')}</Button>;
  if (isDomainError(error, 'Offline'))
    return <Notice urgent tone="warn" title={t('pin.offline')} actions={retry} />;
  return <ErrorNotice error={error} actions={retry} />;
}

function sayProgress(t: Translate, progress: PinProgress | null): string {
  return progress && 'of' in progress
    ? t('pin.checking-with', { done: progress.done, of: progress.of })
    : t('pin.checking');
}
