import type { DescribedNode, NextNodes, PinNodes } from '@hexkey/sdk';
import { CircleCheck } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { BackLink, StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { NodesAway } from '../onboarding/nodes-away.tsx';
import { SetPinFailed, SetPinWorking } from '../onboarding/set-pin-working.tsx';
import { BareScreen } from '../ui/bare-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Fact } from '../ui/card.tsx';
import { Hexagon } from '../ui/hexagon.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { PinPrompt } from '../unlock/pin-prompt.tsx';
import { useMovePin } from './use-move-pin.ts';
import { usePinNodes } from './use-pin-nodes.ts';

const path = '/settings/account/security/pin/nodes/move';
const parent = '/settings/account/security/pin/nodes';

/** /settings/account/security/pin/nodes/move: who would guard the PIN, against who does, and the PIN as the consent. */
export function MovePinScreen() {
  const t = useT();
  const { data, error, isPending, refetch } = usePinNodes();
  const { stage, enter, retry } = useMovePin();
  const bar = { start: <BackLink from={path} /> };
  if (stage.at === 'done') return <Moved />;
  if (stage.at === 'working')
    return <SetPinWorking work="change-pin" title={t('move-pin.working-title')} progress={stage.progress} />;
  const leave = (
    <StepButton wide tone="secondary" to={parent}>
      {t('move-pin.cancel')}
    </StepButton>
  );
  if (stage.at === 'away')
    return (
      <NodesAway
        error={stage.error}
        onRetry={() => void retry(false)}
        onGoOn={() => void retry(true)}
        leave={leave}
      />
    );
  if (stage.at === 'failed')
    return (
      <SetPinFailed
        title={t('move-pin.failed-title')}
        lead={t('move-pin.failed-lead')}
        error={stage.error}
        onRetry={() => void retry(false)}
        leave={leave}
      />
    );
  return (
    <BareScreen title={t('move-pin.title')} lead={<span id="move-lead">{t('move-pin.lead')}</span>} bar={bar}>
      {isPending && <SkeletonRows label={t('nodes.loading')} count={5} />}
      {error !== null && (
        <ErrorNotice
          error={error}
          actions={<Button onClick={() => void refetch()}>{t('action.retry')}</Button>}
        />
      )}
      {data && data.next === null && <Notice tone="info" title={t('move-pin.nothing')} actions={leave} />}
      {data && data.next !== null && (
        <div className="flex flex-col gap-6">
          <Difference now={data} next={data.next} />
          <section className="flex flex-col gap-2">
            <h2 className="font-semibold">{t('move-pin.consent')}</h2>
            <PinPrompt purpose={enter} describedBy="move-lead" />
          </section>
        </div>
      )}
    </BareScreen>
  );
}

/** The new nodes, each with who runs it, and what is another than now. */
function Difference({ now, next }: { now: PinNodes; next: NextNodes }) {
  const t = useT();
  const stays = new Set(now.nodes.map(({ operator }) => operator));
  const named = new Set(next.nodes.map(({ operator }) => operator));
  const gone = [...stays].filter((operator) => !named.has(operator));
  return (
    <>
      <p className="text-balance">
        {t('move-pin.threshold', {
          threshold: next.threshold,
          count: next.nodes.length,
          before: now.threshold,
          of: now.nodes.length,
        })}
      </p>
      {next.dominantOperator !== null && (
        <Notice tone="warn" title={t('nodes.one-operator', { operator: next.dominantOperator })}>
          {t('nodes.one-operator-why')}
        </Notice>
      )}
      <ul
        aria-label={t('move-pin.list')}
        className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
      >
        {next.nodes.map((node) => (
          <NewSeat key={node.realmId} node={node} isKnown={stays.has(node.operator)} />
        ))}
      </ul>
      {gone.length > 0 && (
        <p className="text-muted text-sm">{t('move-pin.gone', { operators: gone.join(', ') })}</p>
      )}
      <p className="text-muted text-sm">{t('nodes.fingerprint-why')}</p>
    </>
  );
}

function NewSeat({ node, isKnown }: { node: DescribedNode; isKnown: boolean }) {
  const t = useT();
  return (
    <li className="flex gap-3 px-4 py-3">
      <Hexagon filled={false} className="mt-0.5 size-6 shrink-0 text-accent" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-4">
          <h2 className="font-medium [overflow-wrap:anywhere]">{node.name}</h2>
          <span className="text-muted text-sm">
            {t(isKnown ? 'move-pin.known-operator' : 'move-pin.new-operator')}
          </span>
        </div>
        <p className="text-muted text-sm [overflow-wrap:anywhere]">
          {node.operator} · {node.region}
        </p>
        <details className="group mt-1 text-sm">
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-accent">
            {t('action.details')}
          </summary>
          <div className="-mx-4 divide-y divide-line">
            <Fact name={t('nodes.fingerprint')}>{node.fingerprint}</Fact>
            <Fact name={t('nodes.address')}>{node.address}</Fact>
            <Fact name={t('nodes.realm')}>{node.realmId}</Fact>
          </div>
        </details>
      </div>
    </li>
  );
}

function Moved() {
  const t = useT();
  return (
    <BareScreen
      title={t('move-pin.done-title')}
      lead={<p role="status">{t('move-pin.done-lead')}</p>}
      hero={<CircleCheck aria-hidden="true" className="mb-4 size-12 stroke-[1.5] text-good" />}
      footer={
        <StepButton wide to={parent}>
          {t('action.done')}
        </StepButton>
      }
    />
  );
}
