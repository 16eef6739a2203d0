/** Amounts of a ledger are whole numbers of the smallest unit, of 64 bits; people write them with a point. No floating point in between. */
export const largestAmount = 2n ** 64n - 1n;

export type AmountProblem =
  | 'empty'
  /** Anything but digits and one point. A comma too: "1,500" is much to one reader and little to another. */
  | 'not-a-number'
  /** More places than the asset has, even zeros: whoever typed them means another unit. */
  | 'too-fine'
  | 'too-large';

export type ReadAmount =
  | { readonly ok: true; readonly amount: bigint }
  | { readonly ok: false; readonly problem: AmountProblem };

const amountForm = /^(\d*)(?:\.(\d*))?$/;

/**
 * An amount as a person writes it: digits, at most one point, spaces around.
 * @param decimals places of the asset, 0 to 255
 */
export function readAmount(text: string, decimals: number): ReadAmount {
  const typed = text.trim();
  if (typed === '') return { ok: false, problem: 'empty' };
  const [, whole = '', fraction = ''] = amountForm.exec(typed) ?? [];
  if (whole === '' && fraction === '') return { ok: false, problem: 'not-a-number' };
  if (fraction.length > decimals) return { ok: false, problem: 'too-fine' };
  const amount = BigInt(whole + fraction.padEnd(decimals, '0'));
  return amount > largestAmount ? { ok: false, problem: 'too-large' } : { ok: true, amount };
}

/** All of an amount, without zeros at the end: `1234.5`. @param decimals places of the asset, 0 to 255 */
export function writeAmount(amount: bigint, decimals: number): string {
  const digits = String(amount).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
