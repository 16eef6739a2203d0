import {
  type ReadWallet,
  signEd25519,
  type WalletAnswer,
  walletPackageHash,
  walletVoucherStatement,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import { answerTo, decideOnWallet, isRefused } from './decide-on-wallet.ts';
import { isRefusal, walletFor } from './rights.ts';
import type { WalletDeps } from './wallet-deps.ts';
import type { CommittedShare } from './wallet-state.ts';

/**
 * The wallet as it is here, all but the share, with this node's word for it: a device that did not see a move learns its new package, and the client's shares,
 * which open with S_pin and the words alone.
 * @throws {NodeRefusal} 401
 */
export async function readWallet(deps: WalletDeps, context: OperationContext): Promise<WalletAnswer> {
  const found = await decideOnWallet<CommittedShare>(deps, context, 'wallet', (record, sender) => {
    const wallet = walletFor(record, sender, {});
    return isRefusal(wallet) ? { refuse: wallet } : { keep: wallet };
  });
  if (isRefused(found)) return answerTo('ReadWallet', found);
  const { ceremony, package: held, sealedShares } = found;
  const { realmId } = deps;
  const { user } = context.requester;
  const packageHash = walletPackageHash(held);
  const signature = signEd25519(
    deps.logKeys,
    walletVoucherStatement({ realmId, user, ceremony, packageHash }),
  );
  const told: ReadWallet = { ceremony, package: held, sealedShares, signature };
  return answerTo('ReadWallet', { outcome: 'Ok', ...told });
}
