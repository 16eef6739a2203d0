import type { WalletState } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { ArrowDownLeft, ArrowUpRight, Gauge, Hexagon, LogOut, MonitorSmartphone } from 'lucide-react';
import { RowLink } from '../app/link.tsx';
import { HoldNotice } from '../device-holds/hold-notice.tsx';
import { WaitingDevices } from '../device-holds/waiting-devices.tsx';
import { useT } from '../i18n/use-t.ts';
import { ExportNotice } from '../key-export/export-notice.tsx';
import { SendLink } from '../send-money/send-link.tsx';
import { RecentTransfers } from '../transfers/recent-transfers.tsx';
import { UnderWayNotice } from '../transfers/under-way-notice.tsx';
import { buttonLook } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { AssetList } from './asset-list.tsx';
import { Faucet } from './faucet.tsx';
import { useArrivals } from './use-wallet.ts';

/** A wallet that can receive, and unless this device is on hold, send. */
export function ReadyWallet({ state }: { state: Extract<WalletState, { is: 'ready' }> }) {
  const t = useT();
  useArrivals();
  return (
    <>
      {state.holdUntilMs !== null && <HoldNotice untilMs={state.holdUntilMs} code={state.deviceCode} />}
      <ExportNotice />
      <WaitingDevices />
      <UnderWayNotice />
      <AssetList />
      <div className="grid grid-cols-2 gap-3">
        <Link to="/wallet/receive" className={buttonLook({ className: 'min-h-12 hover:bg-accent/90' })}>
          <ArrowDownLeft aria-hidden="true" className="size-5" />
          {t('wallet.receive')}
        </Link>
        <SendLink className="min-h-12">
          <ArrowUpRight aria-hidden="true" className="size-5" />
          {t('wallet.send')}
        </SendLink>
      </div>
      <Faucet assets={state.ledger.testAssets} />
      <RecentTransfers />
      <Card>
        <RowLink
          to="/wallet/limits"
          icon={<Gauge aria-hidden="true" />}
          title={t('limits.title')}
          hint={t('wallet.limits-hint')}
        />
        <RowLink
          to="/wallet/devices-on-hold"
          icon={<MonitorSmartphone aria-hidden="true" />}
          title={t('devices-on-hold.title')}
          hint={t('wallet.holds-hint')}
        />
        <RowLink
          to="/wallet/move-everything"
          icon={<LogOut aria-hidden="true" />}
          title={t('sweep.title')}
          hint={t('wallet.sweep-hint')}
        />
        <RowLink
          to="/wallet/key"
          icon={<Hexagon aria-hidden="true" />}
          title={t('key.title')}
          hint={t('wallet.key-hint')}
        />
      </Card>
    </>
  );
}
