import type { PinProgress } from '@hexkey/sdk';
import type { Translate } from '../i18n/catalogue.ts';
import { useT } from '../i18n/use-t.ts';
import { Progress, type ProgressStep } from '../ui/progress.tsx';
import { stepsDone } from './set-pin-flow.ts';
import { useNodeCount } from './use-node-count.ts';

const orders = {
  'set-pin': ['connecting', 'exchanging', 'generating', 'registering', 'making-wallet'],
  'change-pin': ['connecting', 'exchanging', 'generating', 'registering'],
  wallet: ['making-wallet'],
} as const;
export type PinWork = keyof typeof orders;

/** What client and PIN nodes do together, as steps done of all. @param label what is being made */
export function PinSteps(props: { work: PinWork; label: string; progress: PinProgress | null }) {
  const { work, label, progress } = props;
  const t = useT();
  const nodeCount = useNodeCount(progress);
  const counted = progress !== null && 'of' in progress ? progress : null;
  return (
    <Progress
      {...stepsDone(progress, nodeCount, orders[work])}
      label={label}
      now={sayProgress(t, work, progress)}
      steps={stepsOf(t, work, progress)}
      seats={{ filled: counted?.done ?? (progress ? nodeCount : 0), of: nodeCount }}
    />
  );
}

function sayProgress(t: Translate, work: PinWork, progress: PinProgress | null): string {
  const step = t(`set-pin.step-${progress?.step ?? orders[work][0]}`);
  return progress && 'of' in progress
    ? t('set-pin.step-count', { step, done: progress.done, of: progress.of })
    : step;
}

function stepsOf(t: Translate, work: PinWork, progress: PinProgress | null): readonly ProgressStep[] {
  const order: readonly PinProgress['step'][] = orders[work];
  const active = progress === null ? 0 : order.indexOf(progress.step);
  return order.map((step, index) => ({
    name: t(`set-pin.step-${step}`),
    state: index < active ? 'done' : index === active ? 'active' : 'waiting',
    ...(index === active && progress && 'of' in progress && { count: `${progress.done}/${progress.of}` }),
  }));
}
