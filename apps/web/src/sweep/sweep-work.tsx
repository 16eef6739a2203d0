import { useT } from '../i18n/use-t.ts';
import { Progress, type ProgressStep } from '../ui/progress.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { sayAmount } from '../wallet/say-amount.ts';
import type { SweepFlow } from './sweep-flow.ts';

/** One asset after the other. */
export function SweepWork({ flow }: { flow: Extract<SweepFlow, { at: 'working' }> }) {
  const t = useT();
  useFocusOnMount();
  const { plan, mints, progress } = flow;
  const going = plan.goes.filter(({ asset }) => mints.includes(asset.mint));
  const at = going.findIndex(({ asset }) => asset.mint === progress.asset.mint);
  const steps = going.map(
    ({ asset, amount }, index): ProgressStep => ({
      name: sayAmount({ amount, ...asset }),
      state: index < at ? 'done' : index === at ? 'active' : 'waiting',
    }),
  );
  return (
    <>
      <p className="text-muted">{t('sweep.working-lead')}</p>
      <Progress
        label={t('sweep.progress')}
        done={Math.max(0, at)}
        of={going.length}
        now={t('sweep.moving', { symbol: progress.asset.symbol })}
        steps={steps}
        seats={{ filled: 0, of: 0 }}
      />
    </>
  );
}
