import type { Balance } from '@hexkey/sdk';
import { Link } from '@tanstack/react-router';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { rowLook } from '../ui/list-row.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { AssetSign } from './asset-sign.tsx';
import { mintInPath } from './mint-in-path.ts';
import { groupAmount } from './say-amount.ts';
import { Teaching } from './teaching.tsx';
import { useBalances } from './use-wallet.ts';

/** What is held of each asset. No sum: there is no price to add them by. */
export function AssetList() {
  const t = useT();
  const balances = useBalances();
  if (balances.isPending) return <SkeletonRows label={t('wallet.loading')} count={2} />;
  if (balances.data === undefined)
    return (
      <ErrorNotice
        error={balances.error}
        actions={<Button onClick={() => void balances.refetch()}>{t('action.retry')}</Button>}
      />
    );
  if (balances.data.every(({ amount }) => amount === 0n))
    return <Teaching title={t('wallet.empty-title')}>{t('wallet.empty')}</Teaching>;
  return (
    <ul
      aria-label={t('wallet.assets')}
      className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface"
    >
      {balances.data.map((balance) => (
        <li key={balance.asset.mint ?? 'sol'}>
          <AssetRow balance={balance} />
        </li>
      ))}
    </ul>
  );
}

function AssetRow({ balance: { asset, amount } }: { balance: Balance }) {
  return (
    <Link
      to="/wallet/tokens/$mint"
      params={{ mint: mintInPath(asset.mint) }}
      className={`${rowLook} wide:aria-[current=page]:bg-accent/10`}
    >
      <AssetSign asset={asset} className="size-10 shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="figures block font-semibold text-title [overflow-wrap:anywhere]">
          {groupAmount(amount, asset.decimals)} <bdi className="font-medium text-base">{asset.symbol}</bdi>
        </span>
        <bdi className="block truncate text-muted text-sm">{asset.name}</bdi>
      </span>
    </Link>
  );
}
