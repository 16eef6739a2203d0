import {
  type CborMap,
  type CborValue,
  cborMap,
  type KeyExport,
  type Members,
  readMembers,
  Secret,
  sealedSharesIn,
  spendingFrom,
  spendingToCbor,
} from '@hexkey/protocol';
import type { ArrivedShare, CommittedShare, HeldShare, WalletState } from '../wallet/wallet-state.ts';

/** The stored form of a wallet, inside the record of its account. */
export function walletToCbor(wallet: WalletState): CborMap {
  const { committed, staged, approved, payKeys, spending, exporting } = wallet;
  return cborMap({
    committed:
      committed &&
      cborMap({
        ...Object.fromEntries(shareToCbor(committed)),
        pin_auth_key: committed.pinAuthKey,
        sealed_shares: committed.sealedShares ?? undefined,
      }),
    staged: staged.map(shareToCbor),
    approved: [...approved],
    pay_keys: payKeys.map(({ device, key, windowMs }): CborValue => [device, key, windowMs]),
    ...spendingToCbor(spending),
    exporting: exporting && cborMap({ device: exporting.device, begun_at: exporting.begunAtMs }),
  });
}

/** @throws {MalformedError} a damaged row: the node then refuses rather than guesses */
export function walletFromCbor(value: unknown): WalletState {
  const members = readMembers(value);
  const committed = members.value('committed');
  return {
    committed: committed === null ? null : committedFrom(readMembers(committed)),
    staged: rows<unknown>(members.value('staged')).map((share) => shareFrom(readMembers(share))),
    approved: rows<Uint8Array>(members.value('approved')),
    payKeys: rows<[Uint8Array, Uint8Array, number]>(members.value('pay_keys')).map(
      ([device, key, windowMs]) => ({ device, key, windowMs }),
    ),
    spending: spendingFrom(members),
    // Rows from before there were exports have no such member.
    exporting: members.has('exporting') ? exportFrom(members.value('exporting')) : null,
  };
}

function exportFrom(value: unknown): KeyExport | null {
  if (value === null) return null;
  const members = readMembers(value);
  return { device: members.bytes('device', 32), begunAtMs: members.integer('begun_at') };
}

function shareToCbor({ ceremony, package: wallet, key, founder }: HeldShare): CborMap {
  return cborMap({
    ceremony,
    epoch: wallet.epoch,
    node_set_hash: wallet.nodeSetHash,
    min: wallet.min,
    max: wallet.max,
    commitments: [...wallet.commitments],
    verifying_shares: [...wallet.verifyingShares],
    identifier: key.identifier,
    share: key.share.reveal(),
    founder,
  });
}

function shareFrom(members: Members): HeldShare {
  return {
    ceremony: members.bytes('ceremony', 16),
    package: {
      epoch: members.integer('epoch'),
      nodeSetHash: members.bytes('node_set_hash', 32),
      min: members.integer('min'),
      max: members.integer('max'),
      commitments: rows<Uint8Array>(members.value('commitments')),
      verifyingShares: rows<Uint8Array>(members.value('verifying_shares')),
    },
    key: { identifier: members.integer('identifier'), share: new Secret(members.bytes('share', 32)) },
    founder: members.bytesOrNull('founder', 32),
  };
}

function committedFrom(members: Members): CommittedShare {
  return {
    ...shareFrom(members),
    pinAuthKey: members.bytes('pin_auth_key', 32),
    // Most wallets never moved.
    sealedShares: members.has('sealed_shares') ? sealedSharesIn(members) : null,
  };
}

/** The stored form of a share that waits in a record of another set. */
export function arrivedShareToCbor(share: ArrivedShare): CborMap {
  const { left, sealedShares, receiptAtMs } = share;
  return cborMap({
    ...Object.fromEntries(shareToCbor(share)),
    left,
    sealed_shares: sealedShares,
    receipt_at: receiptAtMs,
  });
}

/** @throws {MalformedError} a damaged row */
export function arrivedShareFromCbor(value: unknown): ArrivedShare {
  const members = readMembers(value);
  return {
    ...shareFrom(members),
    left: members.bytes('left', 32),
    sealedShares: sealedSharesIn(members),
    receiptAtMs: members.integer('receipt_at'),
  };
}

function rows<R>(value: unknown): R[] {
  if (!Array.isArray(value)) throw new Error('a stored wallet has no rows where rows belong');
  return value;
}
