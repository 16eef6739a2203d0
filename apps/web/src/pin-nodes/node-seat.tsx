import type { NodeState, PinNodeView } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';
import { Fact } from '../ui/card.tsx';
import { Hexagon } from '../ui/hexagon.tsx';

const looks: Readonly<Record<NodeState, string>> = {
  serving: 'text-good',
  draining: 'text-warn',
  'clock-jumped': 'text-warn',
  'clock-behind': 'text-warn',
  'not-answering': 'text-danger',
  'another-node': 'text-danger',
  'no-node': 'text-danger',
};

/** One node: who runs it where, and how it is. What only a few ask for is one tap deeper. */
export function NodeSeat({ node }: { node: PinNodeView }) {
  const t = useT();
  const look = looks[node.state];
  return (
    <li className="flex gap-3 px-4 py-3">
      <Hexagon filled={node.state === 'serving'} className={`mt-0.5 size-6 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-4">
          <h3 className="font-medium [overflow-wrap:anywhere]">{node.name}</h3>
          <span className={look}>
            {t(`nodes.state-${node.state}`)}
            {node.latencyMs !== null && (
              <span className="figures text-muted text-sm">
                {' · '}
                {t('nodes.latency', { ms: node.latencyMs })}
              </span>
            )}
          </span>
        </div>
        <p className="text-muted text-sm [overflow-wrap:anywhere]">
          {node.operator} · {node.region}
        </p>
        <Advice state={node.state} />
        <details className="group mt-1 text-sm">
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-accent">
            {t('action.details')}
          </summary>
          <div className="-mx-4 divide-y divide-line">
            <Fact name={t('nodes.fingerprint')}>{node.fingerprint}</Fact>
            {node.version !== null && <Fact name={t('nodes.version')}>{node.version}</Fact>}
            <Fact name={t('nodes.address')}>{node.address}</Fact>
            <Fact name={t('nodes.realm')}>{node.realmId}</Fact>
          </div>
        </details>
      </div>
    </li>
  );
}

/** What a state means for the owner, where that is not plain from its name. */
function Advice({ state }: { state: NodeState }) {
  const t = useT();
  if (state === 'another-node' || state === 'no-node')
    return <p className="mt-1 text-sm">{t('nodes.what-another-node')}</p>;
  if (state === 'clock-jumped' || state === 'clock-behind')
    return <p className="mt-1 text-sm">{t('nodes.what-paused')}</p>;
  return null;
}
