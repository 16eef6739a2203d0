import type { TransferQuote } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';
import { Fact } from '../ui/card.tsx';
import { groupAmount, sayAmount } from '../wallet/say-amount.ts';
import { sol } from '../wallet/sol.ts';

/** Recipient, amount, fee and total, always in this order. */
export function QuoteFacts({ quote }: { quote: TransferQuote }) {
  const t = useT();
  const { recipient, asset, amount, memo, feeLamports, rentLamports } = quote;
  const inSol = (lamports: bigint) => sayAmount({ amount: lamports, ...sol });
  const costs = feeLamports + rentLamports;
  const total =
    asset.mint === null
      ? inSol(amount + costs)
      : t('send.and', { amount: sayAmount({ amount, ...asset }), fee: inSol(costs) });
  return (
    <section className="divide-y divide-line overflow-clip rounded-card border border-line bg-surface">
      <div className="px-4 py-3">
        <p className="text-muted">{t('send.to')}</p>
        {recipient.hexkeyId !== null && (
          <p className="font-semibold text-title [overflow-wrap:anywhere]">
            <bdi>{recipient.name ?? t('contacts.nameless')}</bdi>{' '}
            <span className="figures font-normal text-base text-muted">{recipient.hexkeyId}</span>
          </p>
        )}
        {!recipient.isContact && <p className="text-sm text-warn">{t('send.not-contact')}</p>}
        <p translate="no" className="figures mt-1 break-all text-sm">
          {recipient.address}
        </p>
      </div>
      <div className="px-4 py-3">
        <p className="text-muted">{t('send.amount')}</p>
        <p className="figures font-semibold text-number [overflow-wrap:anywhere]">
          {groupAmount(amount, asset.decimals)} <bdi className="text-title">{asset.symbol}</bdi>
        </p>
        {memo !== null && (
          <p dir="auto" className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">
            {memo}
          </p>
        )}
      </div>
      <Fact name={t('send.fee')}>{inSol(feeLamports)}</Fact>
      {rentLamports > 0n && (
        <Fact name={t('send.rent', { symbol: asset.symbol })}>{inSol(rentLamports)}</Fact>
      )}
      <Fact name={t('send.total')}>
        <span className="font-semibold text-[1.0625rem]">{total}</span>
      </Fact>
    </section>
  );
}
