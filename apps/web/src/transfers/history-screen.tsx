import type { Transfer } from '@hexkey/sdk';
import { ArrowRightLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { useHistory } from '../wallet/use-wallet.ts';
import { WalletPage } from '../wallet/wallet-page.tsx';
import { TransferList } from './transfer-list.tsx';

/** /wallet/transfers: everything that came and went, newest first. */
export function HistoryScreen() {
  const t = useT();
  return (
    <WalletPage path="/wallet/transfers">
      <HistoryPages
        of={() => true}
        empty={
          <EmptyState icon={<ArrowRightLeft aria-hidden="true" />} title={t('transfers.empty-title')}>
            {t('transfers.empty')}
          </EmptyState>
        }
      />
    </WalletPage>
  );
}

/** Payments, a page at a time. @param of which of them */
export function HistoryPages(props: { of: (transfer: Transfer) => boolean; empty: ReactNode }) {
  const t = useT();
  const history = useHistory();
  const { data, error, isPending, isFetchingNextPage, hasNextPage } = history;
  if (isPending) return <SkeletonRows label={t('transfers.loading')} count={4} />;
  const again = () => void (data === undefined ? history.refetch() : history.fetchNextPage());
  const failure = error && (
    <ErrorNotice error={error} actions={<Button onClick={again}>{t('action.retry')}</Button>} />
  );
  if (data === undefined) return failure;
  const meant = data.filter(props.of);
  return (
    <>
      {meant.length > 0 ? (
        <TransferList label={t('transfers.title')} transfers={meant} />
      ) : (
        !hasNextPage && props.empty
      )}
      {failure}
      {hasNextPage && !error && (
        <Button tone="secondary" disabled={isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {t('transfers.older')}
        </Button>
      )}
    </>
  );
}
