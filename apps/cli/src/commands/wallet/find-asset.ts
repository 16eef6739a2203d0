import type { Asset } from '@hexkey/sdk';
import type { Context } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

const sol: Asset = { mint: null, symbol: 'SOL', name: 'Solana', decimals: 9 };

/** The asset that `--asset` names: by symbol or mint, of those that are held or that the faucet gives. SOL without it. @throws {UsageError} */
export async function findAsset({ hexkey, options }: Pick<Context, 'hexkey' | 'options'>): Promise<Asset> {
  const wanted = options.asset;
  if (wanted === undefined || wanted.toUpperCase() === 'SOL') return sol;
  const [balances, state] = [await hexkey.wallet.balances(), await hexkey.wallet.state()];
  const tests = state.is === 'ready' ? state.ledger.testAssets : [];
  const known = [...balances.map(({ asset }) => asset), ...tests];
  const found = known.find(
    ({ mint, symbol }) => mint === wanted || symbol.toUpperCase() === wanted.toUpperCase(),
  );
  if (found === undefined) throw new UsageError('No such asset is held: `hexkey wallet` lists them.');
  return found;
}
