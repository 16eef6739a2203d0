import {
  beginKeyGeneration,
  equalBytes,
  hasRecentRightPin,
  isUsablePublicKey,
  type Round1Package,
  toHex,
  type WalletAnswer,
  type WalletRefusal,
  type WalletRequest,
} from '@hexkey/protocol';
import type { OperationContext } from '../operation.ts';
import type { PinRecord } from '../records/pin-record.ts';
import { deviceNameOf } from '../requester/requester.ts';
import { decideOnWallet, isRefused, type WalletSender } from './decide-on-wallet.ts';
import { accountName, type WalletDeps } from './wallet-deps.ts';

type BeginRequest = Extract<WalletRequest, { kind: 'DkgBegin' }>;

/**
 * Round 1 of a key generation. The node's polynomial is in memory only; the same request by the same device is answered alike while it is.
 * @throws {NodeRefusal} 401
 */
export async function beginCeremony(
  deps: WalletDeps,
  context: OperationContext,
  request: BeginRequest,
): Promise<WalletAnswer> {
  const kind = 'DkgBegin';
  const mayBegin = await decideOnWallet<null>(deps, context, 'wallet', (record, sender) => {
    const refusal = beginRefusal(deps, record, sender, request);
    return refusal === null ? { keep: null } : { refuse: refusal };
  });
  if (isRefused(mayBegin)) return { kind, ...mayBegin };
  const { nowMs } = context.time;
  const [account, name] = [accountName(context), toHex(request.ceremony)];
  const device = deviceNameOf(context.requester);
  const begun = deps.ceremonies.find(account, name, nowMs);
  if (begun !== undefined) {
    const isSame = equalBytes(begun.device, device) && equalBytes(begun.clientKey, request.clientKey);
    return isSame ? answerOf(begun.generation.round1) : { kind, outcome: 'Gone' };
  }
  const generation = beginKeyGeneration(deps.walletNodes.parties, deps.self.identifier, deps.random);
  const ceremony = { device, clientKey: request.clientKey, generation, transcript: null };
  const freeAtMs = deps.ceremonies.put(account, name, ceremony, nowMs);
  return freeAtMs === null ? answerOf(generation.round1) : { kind, outcome: 'TooMany', freeAtMs };
}

function answerOf({ commitment, proof }: Round1Package): WalletAnswer {
  return { kind: 'DkgBegin', outcome: 'Ok', commitment, proof };
}

function beginRefusal(
  deps: WalletDeps,
  record: PinRecord,
  { caller, nowMs }: WalletSender,
  { nodeSetHash }: BeginRequest,
): WalletRefusal | null {
  const owner = record.committed?.pinAuthKey ?? null;
  if (owner === null || !isUsablePublicKey(owner) || !hasRecentRightPin(record.throttle, caller, nowMs))
    return { outcome: 'PinNeeded' };
  if (record.wallet.committed !== null) return { outcome: 'WalletExists' };
  return equalBytes(nodeSetHash, deps.walletNodes.setHash) ? null : { outcome: 'OtherNodeSet' };
}
