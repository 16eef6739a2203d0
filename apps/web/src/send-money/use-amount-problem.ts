import type { AmountProblem, ReadAmount } from '@hexkey/protocol';
import type { Asset } from '@hexkey/sdk';
import { useT } from '../i18n/use-t.ts';

/** Why an amount cannot be sent, or null. Whether the balance covers it is for the quote to say. */
export function useAmountProblem(): (
  read: ReadAmount,
  asset: Pick<Asset, 'symbol' | 'decimals'>,
) => string | null {
  const t = useT();
  return (read, { symbol, decimals }) => {
    if (read.ok) return read.amount === 0n ? t('send.zero') : null;
    const says: Readonly<Record<AmountProblem, string>> = {
      empty: t('send.zero'),
      'not-a-number': t('send.not-a-number'),
      'too-fine': t('send.too-fine', { symbol, count: decimals }),
      'too-large': t('send.too-large'),
    };
    return says[read.problem];
  };
}
