import { writeAmount } from '@hexkey/protocol';
import type { Balance } from '@hexkey/sdk';
import encodeQR from 'qr';
import type { Context, Report } from '../../command.ts';
import { plainLine } from '../../plain-line.ts';
import { findAsset } from './find-asset.ts';

/** @throws {DomainError} `WalletMissing`, `LedgerUnavailable` */
export async function showBalances({ hexkey }: Context): Promise<Report> {
  const balances = await hexkey.wallet.balances();
  return {
    value: { balances: balances.map(({ asset, amount }) => ({ ...asset, amount: amount.toString() })) },
    lines: balances.map(sayBalance),
  };
}

export const sayBalance = ({ asset, amount }: Balance) =>
  plainLine(
    `${writeAmount(amount, asset.decimals)} ${asset.symbol}${asset.mint === null ? '' : ` (${asset.mint})`}`,
  );

export async function showAddress({ hexkey, terminal }: Context): Promise<Report> {
  const state = await hexkey.wallet.state();
  if (state.is !== 'ready')
    return {
      value: { address: null },
      lines: ['There is no wallet yet: `hexkey wallet create`.'],
      isBad: true,
    };
  if (terminal.isInteractive) terminal.note(encodeQR(state.address, 'term'));
  const { address, deviceCode, holdUntilMs } = state;
  if (holdUntilMs !== null)
    terminal.note(
      `This device is new and waits 24 hours before it may send. To approve it on another one, type its code there: ${deviceCode}`,
    );
  return {
    value: { address, ledger: state.ledger.kind, ...(holdUntilMs !== null && { deviceCode }) },
    lines: [address],
  };
}

/** @throws {DomainError} `TooMany`, `LedgerUnavailable` */
export async function askFaucet(context: Context): Promise<Report> {
  const asset = await findAsset(context);
  await context.hexkey.wallet.requestTestFunds(asset.mint);
  return showBalances(context);
}
