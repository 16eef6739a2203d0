import { useParams } from '@tanstack/react-router';
import { Coins } from 'lucide-react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { SendLink } from '../send-money/send-link.tsx';
import { CopiedText } from '../transfers/copied-text.tsx';
import { HistoryPages } from '../transfers/history-screen.tsx';
import { Button } from '../ui/button.tsx';
import { Card, Fact } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { AssetSign } from './asset-sign.tsx';
import { mintOfPath } from './mint-in-path.ts';
import { groupAmount } from './say-amount.ts';
import { useBalances } from './use-wallet.ts';
import { WalletPage } from './wallet-page.tsx';

/** /wallet/tokens/$mint: one asset, what is held of it and what happened to it. */
export function TokenScreen() {
  const { mint: part = '' } = useParams({ strict: false }) as { mint?: string };
  return (
    <WalletPage path="/wallet/tokens/$mint">
      <Token key={part} mint={mintOfPath(part)} />
    </WalletPage>
  );
}

function Token({ mint }: { mint: string | null }) {
  const t = useT();
  const balances = useBalances();
  if (balances.isPending) return <SkeletonRows label={t('wallet.loading')} count={3} />;
  if (balances.data === undefined)
    return (
      <ErrorNotice
        error={balances.error}
        actions={<Button onClick={() => void balances.refetch()}>{t('action.retry')}</Button>}
      />
    );
  const balance = balances.data.find(({ asset }) => asset.mint === mint);
  if (balance === undefined)
    return (
      <EmptyState icon={<Coins aria-hidden="true" />} title={t('token.not-held')}>
        {mint !== null && <span className="figures break-all text-sm">{mint}</span>}
      </EmptyState>
    );
  const { asset, amount } = balance;
  return (
    <>
      <div className="flex flex-col items-center gap-1 py-2 text-center">
        <AssetSign asset={asset} className="size-14" />
        <h2 className="max-w-full font-medium [overflow-wrap:anywhere]">
          <bdi>{asset.name}</bdi>
        </h2>
        <p className="figures font-semibold text-number [overflow-wrap:anywhere]">
          {groupAmount(amount, asset.decimals)} <bdi className="text-title">{asset.symbol}</bdi>
        </p>
      </div>
      <SendLink wide start={{ mint }}>
        {t('wallet.send')}
      </SendLink>
      <Card>
        {mint === null ? (
          <p className="px-4 py-3 text-muted">{t('token.native')}</p>
        ) : (
          <CopiedText name={t('token.mint')} text={mint} label={t('token.copy-mint')} />
        )}
        <Fact name={t('token.decimals')}>{asset.decimals}</Fact>
      </Card>
      <section>
        <h2 className="mb-2 font-medium text-muted text-sm">{t('transfers.title')}</h2>
        <div className="flex flex-col gap-4">
          <HistoryPages
            of={(transfer) => transfer.asset.mint === mint}
            empty={<p className="text-muted">{t('token.none', { symbol: asset.symbol })}</p>}
          />
        </div>
      </section>
    </>
  );
}
