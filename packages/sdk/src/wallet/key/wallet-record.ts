import type { WalletRecord } from '@hexkey/contract';
import {
  equalBytes,
  fromBase64url,
  fromHex,
  toBase64url,
  type VerifiedNodeSet,
  verifyEd25519,
  type WalletPackage,
  walletAddressStatement,
  walletKeyOf,
  walletNodesOf,
  walletPackageHash,
  walletVoucherStatement,
} from '@hexkey/protocol';

/** The public package of a record. */
export function packageOf(record: WalletRecord): WalletPackage {
  return {
    epoch: record.epoch,
    nodeSetHash: fromBase64url(record.nodeSetHash),
    min: record.commitments.length,
    max: record.verifyingShares.length,
    commitments: record.commitments.map(fromBase64url),
    verifyingShares: record.verifyingShares.map(fromBase64url),
  };
}

/** The members of a record that say what its package is. */
export function packageMembers(wallet: WalletPackage) {
  return {
    publicKey: toBase64url(walletKeyOf(wallet)),
    epoch: wallet.epoch,
    nodeSetHash: toBase64url(wallet.nodeSetHash),
    commitments: wallet.commitments.map(toBase64url),
    verifyingShares: wallet.verifyingShares.map(toBase64url),
  };
}

/**
 * Whether a record that came from the server is a wallet of this account at these nodes: its package is of their number, every one of them vouched for it (t of them
 * for one that was moved to them), and its address is that of the package. Whose it is beyond that shows when the shares open.
 */
export function isRecordGood(
  record: WalletRecord,
  { nodeSet, hash }: VerifiedNodeSet,
  accountId: string,
): boolean {
  const wallet = packageOf(record);
  const { parties, nodes } = walletNodesOf(nodeSet, hash);
  if (!equalBytes(wallet.nodeSetHash, hash) || wallet.min !== parties.min || wallet.max !== parties.max)
    return false;
  const publicKey = fromBase64url(record.publicKey);
  if (!equalBytes(publicKey, walletKeyOf(wallet))) return false;
  const voucher = {
    user: { tenant: nodeSet.tenant, userId: accountId },
    ceremony: fromBase64url(record.ceremony),
    packageHash: walletPackageHash(wallet),
  };
  const vouching = nodes.filter(({ realmId, logKey }) => {
    const given = record.vouchers.find((each) => each.realmId === realmId);
    const statement = walletVoucherStatement({ ...voucher, realmId: fromHex(realmId) });
    return given !== undefined && verifyEd25519(logKey, statement, fromBase64url(given.signature));
  });
  // All take part in making a wallet; when one is moved, nodes may be away.
  const needed = wallet.epoch === 1 ? nodes.length : nodeSet.threshold;
  const isVouched = vouching.length >= needed;
  const address = walletAddressStatement(accountId, publicKey);
  return (
    isVouched && verifyEd25519(fromBase64url(record.aik), address, fromBase64url(record.addressSignature))
  );
}

/** Whether the record is of the nodes of that set. */
export function isAt(
  { nodeSetHash }: Pick<WalletRecord, 'nodeSetHash'>,
  setHash: Uint8Array | null,
): boolean {
  return setHash !== null && equalBytes(fromBase64url(nodeSetHash), setHash);
}
