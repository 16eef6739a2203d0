import type { PinProgress } from '@hexkey/sdk';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { PinSteps, type PinWork } from './pin-steps.tsx';

/** Steps done of all while a PIN is set or changed. Cannot be left: closing the tab is what the next start repairs. */
export function SetPinWorking(props: { title: string; work: PinWork; progress: PinProgress | null }) {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen title={props.title} lead={t('set-pin.working-lead')}>
      <PinSteps work={props.work} label={t('set-pin.progress')} progress={props.progress} />
      <details className="mt-8 text-muted">
        <summary className="flex min-h-11 items-center font-medium text-accent">
          {t('action.details')}
        </summary>
        {t('set-pin.details')}
      </details>
    </BareScreen>
  );
}

/** Why the PIN is not set or changed; Retry keeps what was typed. */
export function SetPinFailed(props: {
  title: string;
  lead: string;
  error: unknown;
  onRetry: () => void;
  /** A second way on. */
  leave?: ReactNode;
}) {
  const t = useT();
  useFocusOnMount();
  return (
    <BareScreen
      title={props.title}
      lead={props.lead}
      footer={
        <>
          <Button wide onClick={props.onRetry}>
            {t('action.retry')}
          </Button>
          {props.leave}
        </>
      }
    >
      <ErrorNotice error={props.error} />
    </BareScreen>
  );
}
