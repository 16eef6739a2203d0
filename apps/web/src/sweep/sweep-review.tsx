import { PackageOpen } from 'lucide-react';
import type { Dispatch } from 'react';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Fact } from '../ui/card.tsx';
import { CheckRow } from '../ui/check-row.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { sayAmount } from '../wallet/say-amount.ts';
import { sol } from '../wallet/sol.ts';
import { canGo, type SweepEvent, type SweepFlow } from './sweep-flow.ts';

/** What goes where, what it costs, and what stays. */
export function SweepReview(props: {
  flow: Extract<SweepFlow, { at: 'review' }>;
  send: Dispatch<SweepEvent>;
}) {
  const t = useT();
  const { flow, send } = props;
  const { plan, mints, isOwn } = flow;
  useFocusOnMount();
  if (plan.goes.length === 0)
    return (
      <>
        <EmptyState icon={<PackageOpen aria-hidden="true" />} title={t('sweep.nothing-title')}>
          {t('sweep.nothing')}
        </EmptyState>
        <Staying plan={plan} />
      </>
    );
  const chosen = plan.goes.filter(({ asset }) => mints.includes(asset.mint));
  const costs = chosen.reduce((sum, { feeLamports, rentLamports }) => sum + feeLamports + rentLamports, 0n);
  return (
    <>
      <section className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        <div className="px-4 py-3">
          <p className="text-muted">{t('send.to')}</p>
          <p translate="no" className="figures mt-1 break-all text-sm">
            {plan.address}
          </p>
        </div>
        <Fact name={t('sweep.costs')}>{sayAmount({ amount: costs, ...sol })}</Fact>
      </section>
      {plan.goes.map(({ asset, amount, rentLamports, isKnown }) => (
        <CheckRow
          key={asset.mint ?? 'sol'}
          label={sayAmount({ amount, ...asset })}
          checked={mints.includes(asset.mint)}
          onChange={(isChosen) => send({ type: 'chose', mint: asset.mint, isChosen })}
        >
          {!isKnown && `${t('sweep.unknown')} `}
          {rentLamports > 0n
            ? t('sweep.rent', { amount: sayAmount({ amount: rentLamports, ...sol }) })
            : t('sweep.all-of-it')}
        </CheckRow>
      ))}
      <Staying plan={plan} />
      <Notice tone="info" title={t('sweep.limits')} />
      <CheckRow
        label={t('sweep.own')}
        checked={isOwn}
        onChange={(next) => send({ type: 'owned', isOwn: next })}
      >
        {t('sweep.own-why')}
      </CheckRow>
      <Button wide disabled={!canGo(flow)} onClick={() => send({ type: 'accepted' })}>
        {t('sweep.go')}
      </Button>
    </>
  );
}

function Staying({ plan: { stays } }: Pick<Extract<SweepFlow, { at: 'review' }>, 'plan'>) {
  const t = useT();
  if (stays.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 font-medium text-muted text-sm">{t('sweep.stays')}</h2>
      <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
        {stays.map(({ asset, amount, why }) => (
          <li key={`${asset.mint} ${why}`} className="px-4 py-3">
            <p className="figures [overflow-wrap:anywhere]">{sayAmount({ amount, ...asset })}</p>
            <p className="text-muted text-sm">{t(`sweep.stays-${why}`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
