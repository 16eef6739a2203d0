import { writeAmount } from '@hexkey/protocol';

interface Amount {
  readonly amount: bigint | string;
  readonly symbol: string;
  readonly decimals: number;
}

/** All of an amount, in groups of three: `1,234.5`. Both languages write numbers so. @param amount in the smallest unit */
export function groupAmount(amount: bigint, decimals: number): string {
  const [whole = '', fraction] = writeAmount(amount, decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** An amount and what it is of: `1,234.5 SOL`. */
export const sayAmount = ({ amount, symbol, decimals }: Amount): string =>
  // The two stay in one line.
  `${groupAmount(BigInt(amount), decimals)}\u00a0${symbol}`;
