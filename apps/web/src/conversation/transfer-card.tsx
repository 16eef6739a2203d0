import type { TransferCard as Card } from '@hexkey/protocol';
import { Link } from '@tanstack/react-router';
import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import { useT } from '../i18n/use-t.ts';
import { buttonLook } from '../ui/button.tsx';
import { groupAmount } from '../wallet/say-amount.ts';

/**
 * A payment, told by who made it. It is their word: only the ledger says whether it arrived, so receivers are sent to the wallet, which
 * asks it.
 */
export function TransferCard(props: { card: Card; isOwn: boolean; tabIndex: number }) {
  const t = useT();
  const { card, isOwn, tabIndex } = props;
  const Sign = isOwn ? ArrowUpRight : ArrowDownLeft;
  const amount = groupAmount(BigInt(card.amount), card.decimals);
  return (
    <div className="flex min-w-52 flex-col gap-2 py-1">
      <p className="flex items-center gap-2 text-muted text-sm">
        <Sign aria-hidden="true" className="size-4 shrink-0" />
        {t(isOwn ? 'message.money-sent' : 'message.money-said')}
      </p>
      <p className="figures font-semibold text-title [overflow-wrap:anywhere]">
        {amount} <bdi>{card.symbol}</bdi>
      </p>
      {card.memo !== null && (
        <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          {card.memo}
        </p>
      )}
      {!isOwn && <p className="text-muted text-sm">{t('message.check-balance')}</p>}
      <Link
        to="/wallet/transfers/$transferId"
        params={{ transferId: card.signature }}
        tabIndex={tabIndex}
        className={buttonLook({ tone: 'secondary', className: 'self-start' })}
      >
        {t(isOwn ? 'message.see-payment' : 'message.check-money')}
      </Link>
    </div>
  );
}
