import {
  equalBytes,
  exportFromMs,
  isProven,
  limitsAt,
  liveExport,
  type WalletAnswer,
  type WalletStatus,
  walletKeyOf,
  walletPackageHash,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import { answerTo, decideOnWallet } from './decide-on-wallet.ts';
import { holdUntil } from './rights.ts';
import type { WalletDeps } from './wallet-deps.ts';

/** What this node has of the account's wallet, for an enrolled device. @throws {NodeRefusal} 401 */
export async function tellStatus(deps: WalletDeps, context: OperationContext): Promise<WalletAnswer> {
  type Told = WalletStatus & { readonly outcome: 'Ok' };
  const result = await decideOnWallet<Told>(deps, context, 'wallet', (record, { caller, device, nowMs }) => {
    if (!isProven(record.throttle, caller)) return { refuse: { outcome: 'PinNeeded' } };
    const { committed, staged, approved, spending, payKeys } = record.wallet;
    const exporting = liveExport(record.wallet.exporting, nowMs);
    const pay = payKeys.find((each) => equalBytes(each.device, device));
    return {
      keep: {
        outcome: 'Ok',
        wallet: committed && {
          publicKey: walletKeyOf(committed.package),
          epoch: committed.package.epoch,
          packageHash: walletPackageHash(committed.package),
        },
        staged: staged.map(({ ceremony }) => ceremony),
        holdUntilMs: holdUntil(record, caller, device, nowMs),
        approved,
        limits: limitsAt(spending.limits, nowMs),
        pay: pay === undefined ? null : { key: pay.key, windowMs: pay.windowMs },
        exporting: exporting && { device: exporting.device, fromMs: exportFromMs(exporting) },
      },
    };
  });
  return answerTo('WalletStatus', result);
}
