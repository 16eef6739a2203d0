import {
  equalBytes,
  isUsablePublicKey,
  type LimitsState,
  maxNamedMints,
  setLimits,
  type WalletAnswer,
  type WalletRequest,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import { NodeRefusal } from '../refusal.ts';
import { answerTo, decideOnWallet } from './decide-on-wallet.ts';
import { isOrdered, isRefusal, walletFor } from './rights.ts';
import type { WalletDeps } from './wallet-deps.ts';
import { emptyWallet } from './wallet-state.ts';

type Request<K extends WalletRequest['kind']> = Extract<WalletRequest, { kind: K }>;
type Done = { readonly outcome: 'Ok' };
const done: Done = { outcome: 'Ok' };
const maxApproved = 32;

/** Ends the hold of another device of the account. @throws {NodeRefusal} 401 */
export async function approveDevice(
  deps: WalletDeps,
  context: OperationContext,
  request: Request<'ApproveDevice'>,
): Promise<WalletAnswer> {
  const result = await decideOnWallet<Done>(deps, context, 'approve', (record, sender) => {
    const committed = walletFor(record, sender, { recentPin: true, pastHold: true });
    if (isRefusal(committed)) return { refuse: committed };
    if (!isOrdered(deps, committed.pinAuthKey, sender.requester, sender.nowMs, request))
      return { refuse: { outcome: 'AuthRefused' } };
    const { wallet } = record;
    if (wallet.approved.some((known) => equalBytes(known, request.device))) return { keep: done };
    const approved = [...wallet.approved, request.device].slice(-maxApproved);
    return { wallet: { ...wallet, approved }, tell: true, result: done };
  });
  return answerTo(request.kind, result);
}

/** Lower limits hold at once, higher ones a day later. @throws {NodeRefusal} 401 */
export async function changeLimits(
  deps: WalletDeps,
  context: OperationContext,
  request: Request<'SetLimits'>,
): Promise<WalletAnswer> {
  type Changed = Done & { readonly limits: LimitsState };
  const result = await decideOnWallet<Changed>(deps, context, 'limits', (record, sender) => {
    const { requester, nowMs } = sender;
    const committed = walletFor(record, sender, { recentPin: true, pastHold: true });
    if (isRefusal(committed)) return { refuse: committed };
    if (!isOrdered(deps, committed.pinAuthKey, requester, nowMs, request))
      return { refuse: { outcome: 'AuthRefused' } };
    const { wallet } = record;
    const limits = setLimits(wallet.spending.limits, request.limits, nowMs);
    // Each raise that is called back by another may leave names behind until it holds.
    if (limits.limits.mints.length > 3 * maxNamedMints)
      return { refuse: { outcome: 'TooMany', freeAtMs: limits.pending?.fromMs ?? nowMs } };
    const spending = { ...wallet.spending, limits };
    return { wallet: { ...wallet, spending }, tell: true, result: { outcome: 'Ok', limits } };
  });
  return answerTo(request.kind, result);
}

/** Lets this device pay with a key of its own for a while after its PIN, or no more. @throws {NodeRefusal} 400, 401 */
export async function setPayKey(
  deps: WalletDeps,
  context: OperationContext,
  request: Request<'SetPayAuth'>,
): Promise<WalletAnswer> {
  const { key, windowMs, order } = request;
  if (key !== null && !isUsablePublicKey(key)) throw new NodeRefusal(400, 'the key is not valid');
  const result = await decideOnWallet<Done>(deps, context, 'pay', (record, sender) => {
    const { requester, device, nowMs } = sender;
    const committed = walletFor(record, sender, key === null ? {} : { recentPin: true });
    if (isRefusal(committed)) return { refuse: committed };
    const { wallet } = record;
    const others = wallet.payKeys.filter((each) => !equalBytes(each.device, device));
    if (key === null) {
      if (others.length === wallet.payKeys.length) return { keep: done };
      return { wallet: { ...wallet, payKeys: others }, tell: true, result: done };
    }
    if (order === null || !isOrdered(deps, committed.pinAuthKey, requester, nowMs, { ...request, order }))
      return { refuse: { outcome: 'AuthRefused' } };
    const payKeys = [...others, { device, key, windowMs }].slice(-maxApproved);
    return { wallet: { ...wallet, payKeys }, tell: true, result: done };
  });
  return answerTo(request.kind, result);
}

/** Erases this node's share: the account is deleted. Nothing brings it back. @throws {NodeRefusal} 401 */
export async function deleteWallet(
  deps: WalletDeps,
  context: OperationContext,
  request: Request<'DeleteWallet'>,
): Promise<WalletAnswer> {
  const result = await decideOnWallet<Done>(deps, context, 'erase', (record, sender) => {
    const committed = walletFor(record, sender, { recentPin: true, pastHold: true });
    if (isRefusal(committed)) return { refuse: committed };
    if (!isOrdered(deps, committed.pinAuthKey, sender.requester, sender.nowMs, request))
      return { refuse: { outcome: 'AuthRefused' } };
    return { wallet: emptyWallet, tell: true, result: done };
  });
  return answerTo(request.kind, result);
}
