import { type KeyPair, signEd25519 } from '../../account/ed25519.ts';
import { statement } from '../../account/statements.ts';
import { uint64, utf8 } from '../../encoding/bytes.ts';
import { toHex } from '../../encoding/text.ts';
import { formatNodeUser, maxProofSkewMs, type NodeUser } from '../node-proof.ts';
import type { VerifyEd25519 } from '../node-token.ts';
import { recentProofMs } from '../throttle/throttle-state.ts';
import type { VouchingNodes } from '../voucher.ts';

/** Whose PIN goes from which node set to which. */
export interface MovePath {
  readonly user: NodeUser;
  /** Hash of the set the record is on, 32 bytes. */
  readonly from: Uint8Array;
  /** Hash of the set it goes to, 32 bytes. */
  readonly to: Uint8Array;
}

/** Which record takes the place of which: versions, 16 bytes each. */
export interface MovedRecord {
  /** Committed at the nodes that are left. */
  readonly left: Uint8Array;
  /** The one of the same PIN and secret at the new nodes. */
  readonly arrived: Uint8Array;
  /** The wallet that goes along; null where there is none. */
  readonly wallet: MovedWallet | null;
}

/** One wallet in two sets, by the hashes of its packages, 32 bytes each: same key, other shares. */
export interface MovedWallet {
  readonly left: Uint8Array;
  readonly arrived: Uint8Array;
}

interface Signed {
  /** 16 bytes. */
  readonly realmId: Uint8Array;
  /** In that node's time. */
  readonly timeMs: number;
  /** Ed25519 by that node's log key, 64 bytes. */
  readonly signature: Uint8Array;
}

/** What a new node says of a record that it holds until the old nodes have let theirs go. */
export interface Receipt extends Signed {
  /** t of them have: the node serves the account by now. */
  readonly active: boolean;
}

/** What an old node says once it has erased its record: it serves this account no more, and this was spent. */
export interface Closing extends Signed {
  /** Bytes of a `CarriedThrottle`. */
  readonly carried: Uint8Array;
}

/** The owner's word, by the PIN-auth key of the record: nobody without the PIN moves it. docs/protocol/pin-node.md section 10. */
export function signMoveOrder(path: MovePath, pinAuthKeys: KeyPair): Uint8Array<ArrayBuffer> {
  return signEd25519(pinAuthKeys, orderOf(path));
}

export function isMoveOrderGood(
  path: MovePath,
  order: Uint8Array,
  pinAuthKey: Uint8Array,
  verify: VerifyEd25519,
): boolean {
  return verify(pinAuthKey, orderOf(path), order);
}

export function signReceipt(
  realmId: Uint8Array,
  path: MovePath,
  record: MovedRecord,
  { timeMs, active }: Pick<Receipt, 'timeMs' | 'active'>,
  logKeys: KeyPair,
): Receipt {
  const signature = signEd25519(logKeys, receiptOf(realmId, path, record, { timeMs, active }));
  return { realmId, timeMs, active, signature };
}

/**
 * Whether t different nodes of the new set hold the record, with a share of the wallet that it names, by receipts not older than ten minutes: a node may drop one later.
 * @param nodes of the new set
 */
export function areReceiptsGood(
  { logKeys, threshold }: VouchingNodes,
  path: MovePath,
  record: MovedRecord,
  receipts: readonly Receipt[],
  nowMs: number,
  verify: VerifyEd25519,
): boolean {
  const holding = new Set<string>();
  for (const { realmId, signature, timeMs, active } of receipts) {
    const key = logKeys.get(toHex(realmId));
    if (key === undefined || timeMs - nowMs > maxProofSkewMs || nowMs - timeMs > recentProofMs) continue;
    if (verify(key, receiptOf(realmId, path, record, { timeMs, active }), signature))
      holding.add(toHex(realmId));
  }
  return holding.size >= threshold;
}

export function signClosing(
  realmId: Uint8Array,
  path: MovePath,
  left: Uint8Array,
  { timeMs, carried }: Pick<Closing, 'timeMs' | 'carried'>,
  logKeys: KeyPair,
): Closing {
  const signature = signEd25519(logKeys, closingOf(realmId, path, left, { timeMs, carried }));
  return { realmId, timeMs, carried, signature };
}

/**
 * Whether t different nodes of the old set have let this record go. They never serve it again, so this does not run out.
 * @param nodes of the old set
 */
export function areClosingsGood(
  nodes: VouchingNodes,
  path: MovePath,
  left: Uint8Array,
  closings: readonly Closing[],
  verify: VerifyEd25519,
): boolean {
  const distinct = new Set(closings.map(({ realmId }) => toHex(realmId)));
  // Each one counts in what is carried over, so each one must hold.
  if (distinct.size !== closings.length || closings.length < nodes.threshold) return false;
  return closings.every(({ realmId, signature, ...told }) => {
    const key = nodes.logKeys.get(toHex(realmId));
    return key !== undefined && verify(key, closingOf(realmId, path, left, told), signature);
  });
}

function orderOf({ user, from, to }: MovePath): Uint8Array {
  return statement('hexkey/1 pin-move-order', utf8(formatNodeUser(user)), from, to);
}

function receiptOf(
  realmId: Uint8Array,
  { user, from, to }: MovePath,
  { left, arrived, wallet }: MovedRecord,
  { timeMs, active }: Pick<Receipt, 'timeMs' | 'active'>,
): Uint8Array {
  const who = utf8(formatNodeUser(user));
  const state = utf8(active ? 'active' : 'held');
  const told = [realmId, who, from, to, left, arrived, state, uint64(timeMs)];
  const shares = wallet === null ? [] : [wallet.left, wallet.arrived];
  return statement('hexkey/1 pin-move-receipt', ...told, ...shares);
}

function closingOf(
  realmId: Uint8Array,
  { user, from, to }: MovePath,
  left: Uint8Array,
  { timeMs, carried }: Pick<Closing, 'timeMs' | 'carried'>,
): Uint8Array {
  const who = utf8(formatNodeUser(user));
  return statement('hexkey/1 pin-move-closing', realmId, who, from, to, left, uint64(timeMs), carried);
}
