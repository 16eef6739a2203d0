import type { PinNodes } from '@hexkey/sdk';
import { ErrorNotice } from '../app/error-notice.tsx';
import { StepButton } from '../app/link.tsx';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';
import { SettingPage } from '../settings/setting-page.tsx';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { Hexagon } from '../ui/hexagon.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { NodeSeat } from './node-seat.tsx';
import { usePinNodes } from './use-pin-nodes.ts';

/** /settings/account/security/pin/nodes: who guards the PIN, and how they are now. */
export function PinNodesScreen() {
  const t = useT();
  const { data, error, isPending, isFetching, refetch } = usePinNodes();
  const refresh = () => void refetch();
  return (
    <SettingPage path="/settings/account/security/pin/nodes">
      {isPending && <SkeletonRows label={t('nodes.loading')} count={5} />}
      {error !== null && (
        <ErrorNotice error={error} actions={<Button onClick={refresh}>{t('action.retry')}</Button>} />
      )}
      {data && (
        <>
          <Seats nodes={data} isStale={error !== null} isFetching={isFetching} onRefresh={refresh} />
          {data.next !== null && (
            <Notice
              tone="info"
              title={t('move-pin.offer')}
              actions={
                <StepButton to="/settings/account/security/pin/nodes/move">{t('move-pin.look')}</StepButton>
              }
            >
              {t('move-pin.offer-why')}
            </Notice>
          )}
          {data.dominantOperator !== null && (
            <Notice tone="warn" title={t('nodes.one-operator', { operator: data.dominantOperator })}>
              {t('nodes.one-operator-why')}
            </Notice>
          )}
          <ul
            aria-label={t('nodes.list')}
            className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
          >
            {data.nodes.map((node) => (
              <NodeSeat key={node.realmId} node={node} />
            ))}
          </ul>
          <p className="text-muted text-sm">{t('nodes.fingerprint-why')}</p>
          <Card>
            <Fact name={t('nodes.set')}>{data.setId}</Fact>
            <Fact name={t('nodes.epoch')}>{data.epoch}</Fact>
          </Card>
        </>
      )}
    </SettingPage>
  );
}

/** All at a glance: a seat for each, how many are ready, and whether that is enough. */
function Seats(props: { nodes: PinNodes; isStale: boolean; isFetching: boolean; onRefresh: () => void }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const { nodes, threshold, askedAtMs } = props.nodes;
  const ready = nodes.filter(({ state }) => state === 'serving').length;
  const isEnough = ready >= threshold;
  return (
    <section className="flex flex-col items-center gap-4 rounded-card border border-line bg-surface p-4 text-center">
      <div aria-hidden="true" className="flex flex-wrap justify-center gap-2">
        {nodes.map(({ realmId, state }) => (
          <Hexagon
            key={realmId}
            filled={state === 'serving'}
            className={`size-10 ${state === 'serving' ? 'text-good' : 'text-edge'}`}
          />
        ))}
      </div>
      <div role="status">
        <h2 className="figures font-semibold text-title">
          {t('nodes.ready', { ready, count: nodes.length })}
        </h2>
        <p className={isEnough ? 'text-muted' : 'font-medium text-danger'}>
          {isEnough ? t('nodes.enough') : t('nodes.too-few', { threshold })}
        </p>
      </div>
      <p className="text-balance text-muted">{t('nodes.threshold', { threshold, count: nodes.length })}</p>
      <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2">
        <Button tone="secondary" disabled={props.isFetching} onClick={props.onRefresh}>
          {t('nodes.refresh')}
        </Button>
        <span className="figures text-muted text-sm">
          {props.isStale ? `${t('nodes.stale')} · ` : ''}
          {t('nodes.asked', { time: dateTime(askedAtMs) })}
        </span>
      </div>
    </section>
  );
}
