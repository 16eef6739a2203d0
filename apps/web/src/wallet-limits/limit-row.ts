import { useT } from '../i18n/use-t.ts';
import { groupAmount } from '../wallet/say-amount.ts';
import type { LimitOf } from './limit-of.ts';

/** One limit: what it is of, and how its amounts are written. */
export interface LimitRow {
  readonly of: LimitOf;
  readonly name: string;
  readonly hint: string | null;
  readonly decimals: number;
  /** Null: smallest units of whatever token. */
  readonly symbol: string | null;
}

/** An amount as the limit's row writes it. */
export function useSayLimit(): (row: LimitRow, amount: bigint) => string {
  const t = useT();
  return ({ decimals, symbol }, amount) => {
    const digits = groupAmount(amount, decimals);
    return symbol === null ? t('limits.units', { amount: digits }) : `${digits}\u00a0${symbol}`;
  };
}
