import { DomainError, isDomainError } from '@hexkey/contract';
import { baseFeeLamports, fromBase64url, toBase58 } from '@hexkey/protocol';
import { newUuid } from '../../new-uuid.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { type CarryDeps, carryTransfer } from '../transfers/carry-transfer.ts';
import { keptOf } from '../transfers/kept-of.ts';
import { keepTransfer } from '../transfers/kept-transfers.ts';
import { recordOf } from '../transfers/open-wallet.ts';
import { buildTransfer } from '../transfers/quote-transfer.ts';
import { type PaymentKeys, sendTransfer } from '../transfers/send-transfer.ts';
import type { SweepPlan, SweepProgress, Swept } from '../wallet.ts';
import type { KeptTransfer } from '../wallet-book.ts';
import { planSweep } from './plan-sweep.ts';

type Goes = SweepPlan['goes'][number];

interface SweepTo {
  /** 32 bytes. */
  readonly to: Uint8Array;
  readonly mints: readonly (string | null)[];
  readonly offServer?: true;
}

/**
 * Empties the wallet, each asset in a payment of its own as `sendTransfer` makes them: what is kept, signed and sent is never signed again. Amounts are read from the ledger at each payment, so
 * that whatever an earlier run moved does not count again.
 *
 * @param keys asked for once, before anything is begun
 * @throws {DomainError} as `Wallet.sweep`
 */
export async function sweepWallet(
  deps: CarryDeps,
  account: KeptAccount,
  order: SweepTo,
  keys: () => Promise<PaymentKeys>,
  onProgress: (progress: SweepProgress) => void,
): Promise<readonly Swept[]> {
  const { client, ledger } = deps;
  const { vault } = client.deps;
  const opened = await keys();
  await endSigned(deps, account, order);
  const wallet = fromBase64url((await recordOf(client, account)).publicKey);
  const { transfers } = await vault.walletBook(account.accountId);
  const { goes } = await planSweep(ledger, wallet, order.to, transfers);
  const chosen = goes.filter(({ asset }) => order.mints.includes(asset.mint));
  const swept: Swept[] = [];
  for (const [done, item] of chosen.entries()) {
    onProgress({ step: 'moving', asset: item.asset, done, of: chosen.length });
    swept.push(await moveAll(item));
  }
  return swept;

  async function moveAll({ asset, amount }: Goes): Promise<Swept> {
    // What tokens cost is known now.
    const all = asset.mint === null ? (await ledger.lamports(toBase58(wallet))) - baseFeeLamports : amount;
    const whole = await move(asset.mint, all);
    if ('paid' in whole) return { asset, moved: all, left: null, cheatingNodes: whole.paid.cheatingNodes };
    const nothing = { asset, moved: 0n, cheatingNodes: [] };
    if (!isDomainError(whole.error, 'OverLimit')) return { ...nothing, left: whole };
    const left = { freeAtMs: whole.error.details.freeAtMs };
    const amountLeft = allowedBy(whole.error, asset.mint);
    if (amountLeft <= 0n || amountLeft >= all) return { ...nothing, left };
    const part = await move(asset.mint, amountLeft);
    if ('error' in part) return { ...nothing, left };
    return { asset, moved: amountLeft, left, cheatingNodes: part.paid.cheatingNodes };
  }

  /** @returns the payment once it is on the ledger, else why this asset does not go */
  async function move(
    mint: string | null,
    amount: bigint,
  ): Promise<{ readonly paid: KeptTransfer } | { readonly error: DomainError }> {
    try {
      const payee = { address: order.to, hexkeyId: null, name: null, isContact: false };
      const to = { address: toBase58(order.to) };
      const how = order.offServer === true ? { withoutServer: true as const } : {};
      const built = await buildTransfer(ledger, wallet, payee, { mint, amount, memo: null });
      const intentId = newUuid(client.deps.random);
      const transfer = { order: { to, mint, amount, memo: null, ...how }, payee, built };
      await keepTransfer(client, account, keptOf(intentId, transfer, client.deps.clock.now()));
      const paid = await sendTransfer(
        deps,
        account,
        intentId,
        async () => opened,
        null,
        () => undefined,
      );
      return { paid };
    } catch (error) {
      if (error instanceof DomainError && endsOne.has(error.name)) return { error };
      throw error;
    }
  }
}

/** Of these only the asset is affected; with any other the owner's next try goes on. */
const endsOne: ReadonlySet<string> = new Set([
  'OverLimit',
  'TransferExpired',
  'TransferFailed',
  'InsufficientBalance',
  'FirstPaymentTooSmall',
]);

/** What the limit that was passed still lets through. A token that passes the limit of SOL, for what it costs, does not go in parts. */
function allowedBy({ details }: DomainError<'OverLimit'>, mint: string | null): bigint {
  if (details.mint !== mint) return 0n;
  return BigInt(details.limit) - BigInt(details.spent) - (mint === null ? baseFeeLamports : 0n);
}

/** What is signed may be paid at any moment: balances count only once its end is known. */
async function endSigned(
  deps: CarryDeps,
  account: KeptAccount,
  { offServer }: Pick<SweepTo, 'offServer'>,
): Promise<void> {
  const { transfers } = await deps.client.deps.vault.walletBook(account.accountId);
  // A server that is away is told nothing of bytes that may be on the ledger already.
  for (const kept of transfers.filter(({ state }) => state === 'signed'))
    await carryTransfer(deps, account, offServer === true ? { ...kept, offServer } : kept);
}
