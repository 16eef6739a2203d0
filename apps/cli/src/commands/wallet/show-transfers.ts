import { writeAmount } from '@hexkey/protocol';
import type { Transfer } from '@hexkey/sdk';
import type { Context, Report } from '../../command.ts';
import { plainLine } from '../../plain-line.ts';
import { sayTime } from '../say-time.ts';

/** What a client that was stopped has signed is sent again first. @throws {DomainError} `WalletMissing`, `LedgerUnavailable` */
export async function showTransfers({ hexkey, options }: Context): Promise<Report> {
  await hexkey.wallet.resume();
  const { transfers, more } = await hexkey.wallet.history(options.before);
  return {
    value: { transfers: transfers.map(transferValue), more },
    lines: transfers.length === 0 ? ['No transfers yet.'] : transfers.flatMap(sayTransfer),
  };
}

/** JSON knows no 64-bit numbers: amounts are decimal text. */
export function transferValue(transfer: Transfer): object {
  return { ...transfer, amount: transfer.amount.toString(), feeLamports: transfer.feeLamports.toString() };
}

export const sayCheat = (realmId: string) =>
  `PIN node ${realmId} answered falsely; it was done without it. Tell who runs it.`;

export function sayTransfer(transfer: Transfer): readonly string[] {
  const { direction, asset, amount, counterparty, state, failure, memo, signature, atMs, id, cheatingNodes } =
    transfer;
  const other = counterparty.name ?? counterparty.hexkeyId ?? counterparty.address;
  return [
    `${direction === 'in' ? '+' : '-'}${writeAmount(amount, asset.decimals)} ${asset.symbol} ${direction === 'in' ? 'from' : 'to'} ${other}, ${sayTime(atMs)}, ${state}${failure === null ? '' : ` (${failure})`}`,
    ...(memo === null ? [] : [`    ${memo}`]),
    `    ${signature ?? id}`,
    ...cheatingNodes.map((realmId) => `    ${sayCheat(realmId)}`),
  ].map(plainLine);
}
