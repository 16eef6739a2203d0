import type { NodeHistory, PinHistory } from '@hexkey/sdk';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { useFormatTime } from '../app/use-format-time.ts';
import { useT } from '../i18n/use-t.ts';

const looks = {
  verified: { icon: CircleCheck, look: 'text-good', key: 'pin-log.verified' },
  changed: { icon: CircleAlert, look: 'text-danger', key: 'pin-log.changed' },
  away: { icon: CircleDashed, look: 'text-muted', key: 'pin-log.away' },
} as const;

/** Not read at the last PIN entry: nothing is wrong, and nothing was checked. */
function standOf({ verdict, checkedAtMs }: NodeHistory, readAtMs: number | null): keyof typeof looks {
  if (verdict !== null && verdict !== 'ok') return 'changed';
  return checkedAtMs === readAtMs ? 'verified' : 'away';
}

/** What was verified at the last PIN entry, and node by node one tap deeper. */
export function CheckedNodes({ history: { nodes, readAtMs } }: { history: PinHistory }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const stands = nodes.map((node) => ({ node, stand: standOf(node, readAtMs) }));
  const verified = stands.filter(({ stand }) => stand === 'verified').length;
  const isBad = stands.some(({ stand }) => stand === 'changed');
  return (
    <section className="rounded-card border border-line bg-surface p-4">
      <p className={`figures font-medium ${isBad ? 'text-danger' : ''}`}>
        {t('pin-log.verified-of', { verified, of: nodes.length })}
      </p>
      {readAtMs !== null && (
        <p className="figures text-muted text-sm">{t('pin-log.read-at', { time: dateTime(readAtMs) })}</p>
      )}
      <details className="mt-2">
        <summary className="flex min-h-11 cursor-pointer items-center text-accent">
          {t('pin-log.details')}
        </summary>
        <p className="mt-1 text-muted text-sm">{t('pin-log.how')}</p>
        <ul className="mt-2 divide-y divide-line">
          {stands.map(({ node, stand }) => (
            <CheckedNode key={node.realmId} node={node} stand={stand} />
          ))}
        </ul>
      </details>
    </section>
  );
}

function CheckedNode({ node, stand }: { node: NodeHistory; stand: keyof typeof looks }) {
  const t = useT();
  const { dateTime } = useFormatTime();
  const { icon: Icon, look, key } = looks[stand];
  return (
    <li className="flex gap-3 py-3">
      <Icon aria-hidden="true" className={`mt-px size-5 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-4">
          <span className="font-medium [overflow-wrap:anywhere]">
            {node.name} · {node.operator}
          </span>
          <span className={look}>{t(key)}</span>
        </div>
        <p className="figures text-muted text-sm">
          {node.checkedAtMs === null
            ? t('pin-log.never-read')
            : t('pin-log.read-at', { time: dateTime(node.checkedAtMs) })}
        </p>
      </div>
    </li>
  );
}
