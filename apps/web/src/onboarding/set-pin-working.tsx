import type { PinProgress } from '@hexkey/sdk';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import type { Translate } from '../i18n/catalogue.ts';
import { useT } from '../i18n/use-t.ts';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Progress, type ProgressStep } from '../ui/progress.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { stepsDone } from './set-pin-flow.ts';
import { useNodeCount } from './use-node-count.ts';

const order = ['connecting', 'exchanging', 'generating', 'registering'] as const;

/** Steps done of all while a PIN is set or changed. Cannot be left: closing the tab is what the next start repairs. */
export function SetPinWorking({ title, progress }: { title: string; progress: PinProgress | null }) {
  const t = useT();
  const nodeCount = useNodeCount(progress);
  useFocusOnMount();
  const counted = progress !== null && 'of' in progress ? progress : null;
  return (
    <BareScreen title={title} lead={t('set-pin.working-lead')}>
      <Progress
        {...stepsDone(progress, nodeCount)}
        label={t('set-pin.progress')}
        now={sayProgress(t, progress)}
        steps={stepsOf(t, progress)}
        seats={{ filled: counted?.done ?? (progress ? nodeCount : 0), of: nodeCount }}
      />
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

function sayProgress(t: Translate, progress: PinProgress | null): string {
  const step = t(`set-pin.step-${progress?.step ?? 'connecting'}`);
  return progress && 'of' in progress
    ? t('set-pin.step-count', { step, done: progress.done, of: progress.of })
    : step;
}

function stepsOf(t: Translate, progress: PinProgress | null): readonly ProgressStep[] {
  const active = order.indexOf(progress?.step ?? 'connecting');
  return order.map((step, index) => ({
    name: t(`set-pin.step-${step}`),
    state: index < active ? 'done' : index === active ? 'active' : 'waiting',
    ...(index === active && progress && 'of' in progress && { count: `${progress.done}/${progress.of}` }),
  }));
}
