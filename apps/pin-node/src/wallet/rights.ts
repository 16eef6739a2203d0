import {
  type Caller,
  equalBytes,
  hasRecentRightPin,
  isProven,
  limitsWindowMs,
  maxProofSkewMs,
  type OrderedWalletRequest,
  type WalletOrder,
  type WalletRefusal,
  walletKeyOf,
  walletOrderStatement,
} from '@hexkey/protocol';
import type { OperationDeps } from '../operation.ts';
import type { PinRecord } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';
import type { Requester } from '../requester/requester.ts';
import type { CommittedShare } from './wallet-state.ts';

/** Who asks about a wallet: always a device that signed. */
export type WalletRequester = Extract<Requester, { kind: 'device' }>;

/** How long a newly enrolled device waits before it may have anything signed. */
const holdMs = limitsWindowMs;

/** @throws {NodeRefusal} 401 for an official client's session */
export function requireWalletDevice(requester: Requester): WalletRequester {
  if (requester.kind !== 'device') throw new NodeRefusal(401, 'a device proof is needed');
  return requester;
}

/** Until when a device is on hold, or null: the one that made the wallet, an approved one, one that is enrolled for a day. */
export function holdUntil(
  { throttle, wallet }: PinRecord,
  caller: Caller,
  device: Uint8Array,
  nowMs: number,
): number | null {
  const { committed, approved } = wallet;
  const trusted = committed?.founder ? [committed.founder, ...approved] : approved;
  if (trusted.some((known) => equalBytes(known, device))) return null;
  const enrolled = throttle.devices.find(({ caller: id }) => id === caller.id);
  const untilMs = (enrolled?.enrolledAtMs ?? nowMs) + holdMs;
  return untilMs > nowMs ? untilMs : null;
}

/** What a wallet request needs of its sender and of the account. */
export interface WalletNeeds {
  /** A right PIN within ten minutes; else an enrolled device. */
  readonly recentPin?: true;
  /** A device past its hold. */
  readonly pastHold?: true;
}

/**
 * The committed wallet, for a sender who has what the request needs.
 * @returns the refusal otherwise, in the order of the protocol
 */
export function walletFor(
  record: PinRecord,
  sender: { readonly caller: Caller; readonly device: Uint8Array; readonly nowMs: number },
  needs: WalletNeeds,
): CommittedShare | WalletRefusal {
  const { caller, device, nowMs } = sender;
  const owner = record.committed?.pinAuthKey ?? null;
  if (owner === null || !isProven(record.throttle, caller)) return { outcome: 'PinNeeded' };
  if (needs.recentPin && !hasRecentRightPin(record.throttle, caller, nowMs)) return { outcome: 'PinNeeded' };
  const { committed } = record.wallet;
  if (committed === null) return { outcome: 'NoWallet' };
  if (!equalBytes(committed.pinAuthKey, owner)) return { outcome: 'OtherOwner' };
  const untilMs = needs.pastHold ? holdUntil(record, caller, device, nowMs) : null;
  return untilMs === null ? committed : { outcome: 'OnHold', untilMs };
}

export function isRefusal(result: CommittedShare | WalletRefusal): result is WalletRefusal {
  return 'outcome' in result;
}

/** Whether a request means the wallet that is here. */
export function isThisWallet(
  { package: held }: CommittedShare,
  asked: { readonly wallet: Uint8Array; readonly epoch: number },
): boolean {
  return held.epoch === asked.epoch && equalBytes(walletKeyOf(held), asked.wallet);
}

/** Whether the owner's PIN-auth key signed this request, by this device, within five minutes. */
export function isOrdered(
  deps: Pick<OperationDeps, 'verify'>,
  pinAuthKey: Uint8Array,
  requester: WalletRequester,
  nowMs: number,
  request: OrderedWalletRequest & { readonly order: WalletOrder },
): boolean {
  const { timeMs, signature } = request.order;
  if (Math.abs(timeMs - nowMs) > maxProofSkewMs) return false;
  const { user, deviceKey } = requester;
  const signed = walletOrderStatement({ user, deviceKey, timeMs }, request);
  return deps.verify(pinAuthKey, signed, signature);
}
