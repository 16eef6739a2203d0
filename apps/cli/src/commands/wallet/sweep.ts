import { writeAmount } from '@hexkey/protocol';
import type { Asset, SweepPlan, SweepProgress, Swept } from '@hexkey/sdk';
import type { Context, Report } from '../../command.ts';
import { plainLine } from '../../plain-line.ts';
import { UsageError } from '../../usage-error.ts';
import { askPin } from '../ask-pin.ts';
import { sayTime } from '../say-time.ts';
import { sayCheat } from './show-transfers.ts';

/**
 * Empties the wallet once it was shown what goes, and confirmed. The same again moves what was left.
 * @throws {DomainError} what `planSweep` and `sweep` throw @throws {UsageError} nobody confirmed
 */
export async function sweep({ hexkey, terminal, parameters, options }: Context): Promise<Report> {
  const [address = ''] = parameters;
  if (options.rpc !== undefined && options['without-server'] !== true)
    throw new UsageError('--rpc goes with --without-server.');
  const plan = await hexkey.wallet.planSweep(address);
  const goes = plan.goes.filter(({ isKnown }) => isKnown || options['unknown-too'] === true);
  for (const line of sayPlan(plan, goes)) terminal.note(line);
  if (goes.length === 0) return report([]);
  const isConfirmed =
    options.confirmed === true ||
    (await terminal.confirm(
      'Is this address yours, and shall it all go there?',
      'Say --confirmed to move it.',
    ));
  if (!isConfirmed) throw new UsageError('Nothing was moved.');
  const pin = await askPin(terminal);
  try {
    const mints = goes.map(({ asset }) => asset.mint);
    return report(
      await hexkey.wallet.sweep({ address, mints }, pin, (progress) =>
        terminal.progress(sayProgress(progress)),
      ),
    );
  } finally {
    terminal.progress(null);
  }
}

const sayHeld = (amount: bigint, { decimals, symbol }: Asset) => `${writeAmount(amount, decimals)} ${symbol}`;

function sayPlan({ address, goes: all, stays }: SweepPlan, goes: SweepPlan['goes']): readonly string[] {
  const unknown = all.filter((item) => !goes.includes(item));
  const lamports = goes.reduce((sum, { feeLamports, rentLamports }) => sum + feeLamports + rentLamports, 0n);
  return [
    goes.length === 0 ? 'There is nothing that can be moved.' : `To ${address}:`,
    ...goes.map(({ asset, amount }) => `  ${sayHeld(amount, asset)}`),
    ...(goes.length === 0 ? [] : [`fees and accounts: ${writeAmount(lamports, 9)} SOL`]),
    ...unknown.map(({ asset, amount }) => `stays, nobody here has paid it in: ${sayHeld(amount, asset)}`),
    ...stays.map(({ asset, amount, why }) => `stays, ${whyTexts[why]}: ${sayHeld(amount, asset)}`),
  ].map(plainLine);
}

const whyTexts = {
  'no-sol': 'there is too little SOL for what it costs',
  'too-little': 'the network moves no so small amount',
  'other-account': 'it is not in the account that payments go out of',
} as const;

function sayProgress(progress: SweepProgress): string {
  if (progress.step === 'unlocking') return 'Asking the PIN nodes …';
  return plainLine(`Moving ${progress.asset.symbol}, ${progress.done + 1} of ${progress.of} …`);
}

function report(swept: readonly Swept[]): Report {
  return {
    value: { swept: swept.map(sweptValue) },
    lines: swept.flatMap((one) => [saySwept(one), ...one.cheatingNodes.map(sayCheat)]),
    isBad: swept.some(({ left }) => left !== null),
  };
}

function sweptValue({ asset, moved, left, cheatingNodes }: Swept): object {
  const why =
    left !== null && 'error' in left ? { error: { name: left.error.name, code: left.error.code } } : left;
  return { asset, moved: moved.toString(), left: why, cheatingNodes };
}

function saySwept({ asset, moved, left }: Swept): string {
  const done = `${sayHeld(moved, asset)} moved`;
  if (left === null) return plainLine(done);
  if ('error' in left) return plainLine(`${done}; the rest was refused: code ${left.error.code}`);
  const when = left.freeAtMs === null ? '' : `, the first of it is free again ${sayTime(left.freeAtMs)}`;
  return plainLine(`${done}; the rest is over the daily limit${when}`);
}
