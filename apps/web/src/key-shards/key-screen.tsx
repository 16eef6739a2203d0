import { Check, Hexagon, KeyRound, RectangleEllipsis, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { RowLink } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { usePinNodes } from '../pin-nodes/use-pin-nodes.ts';
import { Card } from '../ui/card.tsx';
import { WalletPage } from '../wallet/wallet-page.tsx';
import { ShardsPicture } from './shards-picture.tsx';

/** /wallet/key: where the parts of the key are, and who could move the money. */
export function KeyScreen() {
  const t = useT();
  const nodes = usePinNodes().data;
  const threshold = nodes?.threshold;
  return (
    <WalletPage path="/wallet/key">
      <p className="text-muted">{t('key.lead')}</p>
      <div className="rounded-card border border-line bg-surface p-4">
        <ShardsPicture />
      </div>
      <ol className="flex flex-col gap-3">
        <Shard icon={<RectangleEllipsis aria-hidden="true" />} title={t('key.pin-title')}>
          {t('key.pin')}
        </Shard>
        <Shard icon={<KeyRound aria-hidden="true" />} title={t('key.account-title')}>
          {t('key.account')}
        </Shard>
        <Shard icon={<Hexagon aria-hidden="true" />} title={t('key.network-title')}>
          {nodes
            ? t('key.network', { threshold: nodes.threshold, count: nodes.nodes.length })
            : t('key.network-any')}
        </Shard>
      </ol>
      <section>
        <h2 className="mb-3 font-semibold text-title">{t('key.who')}</h2>
        <ul className="flex flex-col gap-3">
          <Who icon={<Check aria-hidden="true" className="text-good" />}>{t('key.who-you')}</Who>
          <Who icon={<X aria-hidden="true" className="text-muted" />}>{t('key.who-server')}</Who>
          <Who icon={<X aria-hidden="true" className="text-muted" />}>{t('key.who-nodes')}</Who>
          <Who icon={<X aria-hidden="true" className="text-muted" />}>{t('key.who-thief')}</Who>
          <Who icon={<TriangleAlert aria-hidden="true" className="text-warn" />}>
            {threshold === undefined ? t('key.who-both-any') : t('key.who-both', { threshold })}
          </Who>
        </ul>
      </section>
      <Card>
        <RowLink
          to="/settings/account/security/pin/nodes"
          icon={<Hexagon aria-hidden="true" />}
          title={t('key.see-nodes')}
        />
      </Card>
    </WalletPage>
  );
}

function Shard(props: { icon: ReactNode; title: string; children: string }) {
  return (
    <li className="flex gap-4 rounded-card border border-line bg-surface p-4">
      <span className="mt-0.5 text-accent [&>svg]:size-6">{props.icon}</span>
      <span>
        <span className="block font-medium">{props.title}</span>
        <span className="block text-muted">{props.children}</span>
      </span>
    </li>
  );
}

function Who({ icon, children }: { icon: ReactNode; children: string }) {
  return (
    <li className="flex gap-3 [&>svg]:mt-px [&>svg]:size-5 [&>svg]:shrink-0">
      {icon}
      {children}
    </li>
  );
}
