import { useT } from '../i18n/use-t.ts';
import { Card, Fact } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { Waiting } from '../ui/waiting.tsx';
import { sayAmount } from '../wallet/say-amount.ts';
import { useBalances, useWalletState } from '../wallet/use-wallet.ts';

/** What would be lost with the wallet. A ledger that does not answer is said, and blocks nothing. */
export function BalancesLeft() {
  const t = useT();
  const wallet = useWalletState();
  const balances = useBalances();
  if (wallet.data?.is === 'missing') return <Notice tone="info" title={t('delete.no-wallet')} />;
  if (balances.isPending) return <Waiting>{t('delete.balances-loading')}</Waiting>;
  if (balances.data === undefined) return <Notice tone="warn" title={t('delete.balances-unknown')} />;
  const left = balances.data.filter(({ amount }) => amount > 0n);
  if (left.length === 0) return <Notice tone="good" title={t('delete.balances-none')} />;
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="danger" title={t('delete.balances-warning')}>
        {t('delete.balances-move')}
      </Notice>
      <Card>
        {left.map(({ asset, amount }) => (
          <Fact key={asset.mint ?? 'SOL'} name={asset.name}>
            {sayAmount({ amount, symbol: asset.symbol, decimals: asset.decimals })}
          </Fact>
        ))}
      </Card>
    </div>
  );
}
