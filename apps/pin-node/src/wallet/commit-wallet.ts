import {
  defaultLimits,
  emptySpending,
  equalBytes,
  hasRecentRightPin,
  toHex,
  type WalletAnswer,
  type WalletRequest,
  walletPackageHash,
  walletVoucherStatement,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import type { PinRecord } from '../records/pin-record.ts';
import { answerTo, decideOnWallet, type WalletDecision, type WalletSender } from './decide-on-wallet.ts';
import { isOrdered } from './rights.ts';
import type { WalletDeps } from './wallet-deps.ts';

type CommitRequest = Extract<WalletRequest, { kind: 'CommitWallet' }>;
type Done = { readonly outcome: 'Ok' };

/**
 * Makes a staged share the account's wallet, for good, when all nodes of the set vouch for one package and the owner's key orders it. What
 * was committed already is answered Ok, so a client repeats it at every node until all have it.
 * @throws {NodeRefusal} 401
 */
export async function commitWallet(
  deps: WalletDeps,
  context: OperationContext,
  request: CommitRequest,
): Promise<WalletAnswer> {
  const isVouched = isVouchedByAll(deps, context, request);
  const result = await decideOnWallet<Done>(deps, context, 'wallet', (record, sender) =>
    decide(deps, record, sender, request, isVouched),
  );
  return answerTo(request.kind, result);
}

function decide(
  deps: WalletDeps,
  record: PinRecord,
  { requester, caller, nowMs }: WalletSender,
  request: CommitRequest,
  isVouched: boolean,
): WalletDecision<Done> {
  const { wallet } = record;
  const owner = record.committed?.pinAuthKey ?? null;
  if (owner === null || !hasRecentRightPin(record.throttle, caller, nowMs))
    return { refuse: { outcome: 'PinNeeded' } };
  const { committed } = wallet;
  if (committed !== null)
    return equalBytes(committed.ceremony, request.ceremony)
      ? { keep: { outcome: 'Ok' } }
      : { refuse: { outcome: 'WalletExists' } };
  const staged = wallet.staged.find((held) => equalBytes(held.ceremony, request.ceremony));
  if (staged === undefined) return { refuse: { outcome: 'Gone' } };
  if (!equalBytes(walletPackageHash(staged.package), request.packageHash))
    return { refuse: { outcome: 'OtherWallet' } };
  if (!isVouched || !isOrdered(deps, owner, requester, nowMs, request))
    return { refuse: { outcome: 'AuthRefused' } };
  return {
    wallet: {
      ...wallet,
      committed: { ...staged, pinAuthKey: owner, sealedShares: null },
      staged: [],
      spending: emptySpending(defaultLimits),
    },
    tell: true,
    result: { outcome: 'Ok' },
  };
}

/** Whether every node of the signed set has signed for this package of this ceremony. */
function isVouchedByAll(
  { walletNodes, verify }: WalletDeps,
  { requester: { user } }: OperationContext,
  { ceremony, packageHash, signatures }: CommitRequest,
): boolean {
  // One of each and no more: who is asking is not known to be anybody yet, and each costs a verification.
  if (signatures.length !== walletNodes.nodes.length) return false;
  return walletNodes.nodes.every(({ realmId, logKey }) => {
    const voucher = signatures.find((each) => toHex(each.realmId) === realmId);
    if (voucher === undefined) return false;
    const statement = walletVoucherStatement({ realmId: voucher.realmId, user, ceremony, packageHash });
    return verify(logKey, statement, voucher.signature);
  });
}
