import { StepButton } from '../app/link.tsx';
import { useT } from '../i18n/use-t.ts';
import { useHistory } from '../wallet/use-wallet.ts';
import { TransferList } from './transfer-list.tsx';

const shown = 4;

/** The latest payments, and the way to all of them. What stands in the way is said where balances are. */
export function RecentTransfers() {
  const t = useT();
  const { data } = useHistory();
  if (!data?.length) return null;
  return (
    <section>
      <h2 className="mb-2 font-medium text-muted text-sm">{t('wallet.recent')}</h2>
      <TransferList label={t('wallet.recent')} transfers={data.slice(0, shown)} />
      <div className="mt-2">
        <StepButton wide tone="quiet" to="/wallet/transfers">
          {t('wallet.all')}
        </StepButton>
      </div>
    </section>
  );
}
