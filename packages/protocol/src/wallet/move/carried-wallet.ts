import { MalformedError } from '../../pin/malformed.ts';
import { type CborMap, type CborValue, cborMap } from '../../pin/wire/cbor.ts';
import { type Members, readMembers } from '../../pin/wire/members.ts';
import type { SpendingState } from '../policy/intents.ts';
import { limitsWindowMs } from '../policy/limits.ts';
import { walletLengths } from '../wire/requests.ts';
import { spendingFrom, spendingMembers, spendingToCbor } from '../wire/spending-values.ts';
import { listFrom, octetsFrom } from '../wire/values.ts';

/** A device's key for paying without the PIN. */
export interface CarriedPayKey {
  /** Thumbprint of the device key, 32 bytes. */
  readonly device: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly key: Uint8Array;
  readonly windowMs: number;
}

/** What one old node remembers of a wallet beside its share, for the new ones: no secret, and the share itself never. */
export interface CarriedWallet {
  /** Of the package whose share this node erased, 32 bytes. */
  readonly packageHash: Uint8Array;
  /** Thumbprint of the device that made the wallet, if it still counts. */
  readonly founder: Uint8Array | null;
  /** Thumbprints of devices whose hold was ended. */
  readonly approved: readonly Uint8Array[];
  readonly payKeys: readonly CarriedPayKey[];
  /** Payments of the last day; older ones count in no window, and no ledger takes their bytes any more. */
  readonly spending: SpendingState;
}

const mostIntents = 1024;

/** Without the payments that count no more. */
export function recentSpending(spending: SpendingState, nowMs: number): SpendingState {
  const isRecent = (atMs: number | null) => atMs !== null && atMs + limitsWindowMs > nowMs;
  const intents = spending.intents.filter(
    ({ boundAtMs, spentAtMs }) => isRecent(boundAtMs) || isRecent(spentAtMs),
  );
  return { ...spending, intents };
}

export function carriedWalletToCbor(carried: CarriedWallet): CborMap {
  return cborMap({
    package_hash: carried.packageHash,
    founder: carried.founder,
    approved: [...carried.approved],
    pay_keys: carried.payKeys.map(
      ({ device, key, windowMs }): CborValue => cborMap({ device, key, window_ms: windowMs }),
    ),
    ...spendingToCbor(carried.spending),
  });
}

/** @throws {MalformedError} */
export function carriedWalletFrom(value: unknown): CarriedWallet {
  const members = readMembers(value, ['package_hash', 'founder', 'approved', 'pay_keys', ...spendingMembers]);
  const spending = spendingFrom(members);
  if (spending.intents.length > mostIntents) throw new MalformedError('carried: too many payments');
  return {
    packageHash: members.bytes('package_hash', walletLengths.hash),
    founder: members.bytesOrNull('founder', walletLengths.hash),
    approved: listFrom(members.value('approved'), (item) => octetsFrom(item, walletLengths.hash)),
    payKeys: listFrom(members.value('pay_keys'), (item) => payKeyFrom(readMembers(item))),
    spending,
  };
}

function payKeyFrom(members: Members): CarriedPayKey {
  return {
    device: members.bytes('device', walletLengths.hash),
    key: members.bytes('key', walletLengths.key),
    windowMs: members.integer('window_ms'),
  };
}
