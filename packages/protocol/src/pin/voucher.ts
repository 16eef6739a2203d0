import { type KeyPair, signEd25519 } from '../account/ed25519.ts';
import { concatBytes, lengthPrefixed, uint64, utf8 } from '../encoding/bytes.ts';
import { fromBase64url, toHex } from '../encoding/text.ts';
import { formatNodeUser, maxProofSkewMs, type NodeUser } from './node-proof.ts';
import type { NodeSet } from './node-set.ts';
import type { VerifyEd25519 } from './node-token.ts';
import { recentProofMs } from './throttle/throttle-state.ts';

/** The committed record a node vouches for: whoever asked has shown it that PIN. */
export interface VouchedRecord {
  /** 16 bytes. */
  readonly version: Uint8Array;
  /** The owner's Ed25519 PIN-auth key in that record, 32 bytes; null when it was made without one. */
  readonly pinAuthKey: Uint8Array | null;
}

/** Whose word a voucher carries, to whom, and when. */
export interface VoucherHolder {
  readonly user: NodeUser;
  /** The device that showed the PIN, and the only one the voucher serves. 32 bytes. */
  readonly deviceKey: Uint8Array;
}

export interface Voucher {
  /** The node that gave it, 16 bytes. */
  readonly realmId: Uint8Array;
  /** In that node's time. */
  readonly timeMs: number;
  /** Ed25519 by that node's log key over the statement, 64 bytes. */
  readonly signature: Uint8Array;
}

/** Vouchers of several nodes for one and the same record. */
export interface Vouchers extends VouchedRecord {
  readonly vouchers: readonly Voucher[];
}

/** The nodes of a set, as one of them knows the others: from the signed document. */
export interface VouchingNodes {
  /** t: so many nodes could search the PIN together, so their word is worth a right PIN. */
  readonly threshold: number;
  /** Ed25519 log keys by realm id in hexadecimal. */
  readonly logKeys: ReadonlyMap<string, Uint8Array>;
}

/** @param nodeSet whose signature was checked */
export function vouchingNodesOf({ threshold, nodes }: Pick<NodeSet, 'threshold' | 'nodes'>): VouchingNodes {
  return {
    threshold,
    logKeys: new Map(nodes.map(({ realmId, logKey }) => [realmId, fromBase64url(logKey)])),
  };
}

/** The node keeps the seed of `logKeys`. docs/protocol/pin-node.md section 9. */
export function signVoucher(
  realmId: Uint8Array,
  holder: VoucherHolder,
  record: VouchedRecord,
  timeMs: number,
  logKeys: KeyPair,
): Voucher {
  return {
    realmId,
    timeMs,
    signature: signEd25519(logKeys, statementOf(realmId, holder, record, timeMs)),
  };
}

/**
 * Whether t different nodes of the set say that this device showed them the PIN of one record, within ten minutes.
 * @param nowMs of the node that is shown them; proofs and vouchers have the same clock tolerance
 */
export function areVouchersGood(
  nodes: VouchingNodes,
  holder: VoucherHolder,
  { vouchers, ...record }: Vouchers,
  nowMs: number,
  verify: VerifyEd25519,
): boolean {
  const vouching = new Set<string>();
  for (const { realmId, timeMs, signature } of vouchers) {
    const logKey = nodes.logKeys.get(toHex(realmId));
    if (logKey === undefined || timeMs - nowMs > maxProofSkewMs || nowMs - timeMs > recentProofMs) continue;
    if (verify(logKey, statementOf(realmId, holder, record, timeMs), signature)) vouching.add(toHex(realmId));
  }
  return vouching.size >= nodes.threshold;
}

function statementOf(
  realmId: Uint8Array,
  { user, deviceKey }: VoucherHolder,
  { version, pinAuthKey }: VouchedRecord,
  timeMs: number,
): Uint8Array<ArrayBuffer> {
  return concatBytes(
    lengthPrefixed(utf8('hexkey/1 pin-voucher')),
    lengthPrefixed(realmId),
    lengthPrefixed(utf8(formatNodeUser(user))),
    lengthPrefixed(deviceKey),
    lengthPrefixed(version),
    lengthPrefixed(pinAuthKey ?? new Uint8Array(0)),
    uint64(timeMs),
  );
}
