import type { WalletAnswer, WalletRequest } from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import { beginCeremony } from './begin-ceremony.ts';
import { approveDevice, changeLimits, deleteWallet, setPayKey } from './change-settings.ts';
import { commitWallet } from './commit-wallet.ts';
import { exchangeShares } from './exchange-shares.ts';
import { beginExport, cancelExport, exportShare } from './export-key.ts';
import { finishCeremony } from './finish-ceremony.ts';
import { giveShare } from './give-share.ts';
import { prepareSignature } from './prepare-signature.ts';
import { readWallet } from './read-wallet.ts';
import { tellStatus } from './tell-status.ts';
import type { WalletDeps } from './wallet-deps.ts';

/** Each request has one use case; this is the table. @throws {NodeRefusal} */
export async function performWalletRequest(
  deps: WalletDeps,
  context: OperationContext,
  request: WalletRequest,
): Promise<WalletAnswer> {
  switch (request.kind) {
    case 'WalletStatus':
      return tellStatus(deps, context);
    case 'ReadWallet':
      return readWallet(deps, context);
    case 'DkgBegin':
      return beginCeremony(deps, context, request);
    case 'DkgExchange':
      return exchangeShares(deps, context, request);
    case 'DkgFinish':
      return finishCeremony(deps, context, request);
    case 'CommitWallet':
      return commitWallet(deps, context, request);
    case 'Prepare':
      return prepareSignature(deps, context, request);
    case 'Share':
      return giveShare(deps, context, request);
    case 'ApproveDevice':
      return approveDevice(deps, context, request);
    case 'SetLimits':
      return changeLimits(deps, context, request);
    case 'SetPayAuth':
      return setPayKey(deps, context, request);
    case 'DeleteWallet':
      return deleteWallet(deps, context, request);
    case 'BeginExport':
      return beginExport(deps, context, request);
    case 'CancelExport':
      return cancelExport(deps, context);
    case 'ExportShare':
      return exportShare(deps, context, request);
  }
}
