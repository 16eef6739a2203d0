import { readAmount, writeAmount } from '@hexkey/protocol';
import type { TransferOrder, TransferQuote, TransferWarning } from '@hexkey/sdk';
import type { Context, Report } from '../../command.ts';
import { plainLine } from '../../plain-line.ts';
import { UsageError } from '../../usage-error.ts';
import { askPin } from '../ask-pin.ts';
import { sayTime } from '../say-time.ts';
import { findAsset } from './find-asset.ts';
import { sayTransfer, transferValue } from './show-transfers.ts';

export const hexkeyIdForm = /^[1-9][0-9]{3,9}$/;

/**
 * Pays once it was shown and the PIN was typed.
 * @throws {DomainError} what `quote` and `send` throw @throws {UsageError} no amount; a warning that nobody confirmed
 */
export function sendTransfer(context: Context): Promise<Report> {
  return payAfterShowing(context, {});
}

/** @param how what the order says beside recipient, amount and memo */
export async function payAfterShowing(
  context: Context,
  how: Pick<TransferOrder, 'withoutServer'>,
): Promise<Report> {
  const { hexkey, terminal, parameters, options } = context;
  const [to = '', text = ''] = parameters;
  const asset = await findAsset(context);
  const amount = readAmount(text, asset.decimals);
  if (!amount.ok) throw new UsageError(`Not an amount of ${asset.symbol}: ${amount.problem}.`);
  const quote = await hexkey.wallet.quote({
    to: hexkeyIdForm.test(to) ? { hexkeyId: to } : { address: to },
    mint: asset.mint,
    amount: amount.amount,
    memo: options.memo ?? null,
    ...how,
  });
  for (const line of sayQuote(quote)) terminal.note(line);
  const isConfirmed =
    quote.warnings.length === 0 ||
    options.confirmed === true ||
    (await terminal.confirm('Pay all the same?', 'Say --confirmed to pay it.'));
  if (!isConfirmed) throw new UsageError('Nothing was paid.');
  const pin = await askPin(terminal);
  try {
    const sent = await hexkey.wallet.send(quote.intentId, { pin }, ({ step }) =>
      terminal.progress(progressTexts[step]),
    );
    return { value: transferValue(sent), lines: sayTransfer(sent) };
  } finally {
    terminal.progress(null);
  }
}

const progressTexts = {
  unlocking: 'Asking the PIN nodes …',
  signing: 'Signing with the PIN nodes …',
  sending: 'Sending …',
  confirming: 'Waiting for the ledger …',
} as const;

function sayQuote({
  recipient,
  asset,
  amount,
  memo,
  feeLamports,
  rentLamports,
  warnings,
}: TransferQuote): readonly string[] {
  const whom = recipient.name ?? recipient.hexkeyId;
  return [
    `${writeAmount(amount, asset.decimals)} ${asset.symbol} to ${whom === null ? '' : `${whom}, `}${recipient.address}`,
    `fee ${writeAmount(feeLamports, 9)} SOL${rentLamports > 0n ? `, and ${writeAmount(rentLamports, 9)} SOL for an account they lack` : ''}`,
    ...(memo === null ? [] : [`memo, for everybody to read: ${memo}`]),
    ...warnings.map(sayWarning),
  ].map(plainLine);
}

function sayWarning(warning: TransferWarning): string {
  if (warning.kind === 'stranger') return 'You have never paid them, and they are no contact of yours.';
  if (warning.kind === 'large') return 'This is more than half of what you hold of it.';
  return `You paid them the same ${sayTime(warning.atMs)}.`;
}
