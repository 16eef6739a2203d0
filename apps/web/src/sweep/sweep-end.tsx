import type { Swept } from '@hexkey/sdk';
import type { Dispatch } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useFocusOnMount } from '../ui/use-focus-on-mount.ts';
import { sayAmount } from '../wallet/say-amount.ts';
import type { SweepEvent, SweepFlow } from './sweep-flow.ts';

/** What was moved, and what stays and why. The same again moves what is left. */
export function SweepEnd(props: {
  flow: Extract<SweepFlow, { at: 'done' | 'stopped' }>;
  send: Dispatch<SweepEvent>;
}) {
  const t = useT();
  const { flow, send } = props;
  useFocusOnMount();
  const isAll = flow.at === 'done' && flow.swept.every(({ left }) => left === null);
  const isLimited = flow.at === 'done' && flow.swept.some(({ left }) => left !== null && 'freeAtMs' in left);
  return (
    <>
      {flow.at === 'stopped' ? (
        <>
          <ErrorNotice error={flow.error} />
          <p className="text-muted">{t('sweep.stopped')}</p>
        </>
      ) : (
        <>
          <Notice
            urgent
            tone={isAll ? 'good' : 'warn'}
            title={t(isAll ? 'sweep.all-moved' : 'sweep.some-left')}
          />
          <ul className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
            {flow.swept.map((swept) => (
              <Line key={swept.asset.mint ?? 'sol'} swept={swept} />
            ))}
          </ul>
        </>
      )}
      <div className="flex flex-col gap-3">
        <StepButton wide to="/wallet">
          {t(isAll ? 'action.done' : 'send.to-wallet')}
        </StepButton>
        {isLimited && (
          <StepButton wide tone="secondary" to="/wallet/limits">
            {t('send.to-limits')}
          </StepButton>
        )}
        {!isAll && (
          <Button wide tone="secondary" onClick={() => send({ type: 'anew' })}>
            {t('sweep.again')}
          </Button>
        )}
      </div>
    </>
  );
}

function Line({ swept: { asset, moved, left } }: { swept: Swept }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const limited = left !== null && 'freeAtMs' in left ? left : null;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <p className="figures [overflow-wrap:anywhere]">
        {t('sweep.moved', { amount: sayAmount({ amount: moved, ...asset }) })}
      </p>
      {limited && (
        <p className="text-sm text-warn">
          {limited.freeAtMs === null
            ? t('sweep.over-limit')
            : t('sweep.over-limit-until', { time: dateTime(limited.freeAtMs) })}
        </p>
      )}
      {left !== null && 'error' in left && <ErrorNotice error={left.error} />}
    </li>
  );
}
