import { Link } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';
import { buttonLook } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { sayAmount } from '../wallet/say-amount.ts';
import { useHistory } from '../wallet/use-wallet.ts';
import { useWho } from './use-who.ts';

/** Payments that were begun and are not on the ledger yet: told to whoever comes back, so that nobody pays twice. */
export function UnderWayNotice() {
  const t = useT();
  const who = useWho();
  const { data = [] } = useHistory();
  return data
    .filter(({ state, direction }) => state === 'pending' && direction === 'out')
    .map((transfer) => (
      <Notice
        key={transfer.id}
        tone={transfer.signature === null ? 'info' : 'warn'}
        title={t(transfer.signature === null ? 'transfer.not-signed-title' : 'send.under-way-title')}
        actions={
          <Link
            to="/wallet/transfers/$transferId"
            params={{ transferId: transfer.id }}
            className={buttonLook({ tone: 'secondary' })}
          >
            {t('send.see')}
          </Link>
        }
      >
        {t(transfer.signature === null ? 'send.not-signed' : 'send.under-way', {
          amount: sayAmount({ amount: transfer.amount, ...transfer.asset }),
          name: who(transfer.counterparty),
        })}
      </Notice>
    ));
}
