import type { TransferProgress } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';
import { Progress, type ProgressStep } from '../ui/progress.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';

const order = ['unlocking', 'signing', 'sending', 'confirming'] as const;

/** Steps done of all, while nodes sign and the ledger takes it. */
export function WorkingStep({ progress }: { progress: TransferProgress }) {
  const t = useT();
  useFocusOnMount();
  const active = order.indexOf(progress.step);
  const counted = progress.step === 'signing' ? progress : null;
  const count = counted ? { done: counted.done, of: counted.of } : null;
  const name = t(`send.step-${progress.step}`);
  const steps = order.map(
    (step, index): ProgressStep => ({
      name: t(`send.step-${step}`),
      state: index < active ? 'done' : index === active ? 'active' : 'waiting',
      ...(index === active && count && { count: `${count.done}/${count.of}` }),
    }),
  );
  return (
    <>
      <p className="text-muted">{t('send.working-lead')}</p>
      <Progress
        label={t('send.progress')}
        done={active}
        of={order.length}
        now={count ? t('send.step-count', { step: name, ...count }) : name}
        steps={steps}
        seats={count ? { filled: count.done, of: count.of } : { filled: 0, of: 0 }}
      />
    </>
  );
}
