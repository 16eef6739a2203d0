import type { WalletRecord } from '@hexkey/contract';
import {
  equalBytes,
  fromBase64url,
  fromHex,
  placeInChain,
  type VerifiedNodeSet,
  verifyEd25519,
  type WalletPackage,
  walletAddressStatement,
  walletKeyOf,
  walletPackageHash,
  walletParties,
  walletVoucherStatement,
} from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { packageText } from './wallet-record.ts';
import type { Wallet } from './wallets.store.ts';

type Kept = Omit<Wallet, 'created_at_ms' | 'limits' | 'pending_limits' | 'pending_from_ms'>;

/**
 * A wallet that the nodes of a set hold, as it is kept: checked are its package, its vouchers and whose address it is. All nodes take part in making a
 * wallet; of one that was dealt to the set, some may have missed their share.
 * @throws {DomainError} `InvalidField`
 */
export function readWalletRecord(set: VerifiedNodeSet, accountId: string, body: WalletRecord): Kept {
  const publicPackage = readPackage(set, body);
  const publicKey = readBytes(body.publicKey, 'publicKey');
  if (!equalBytes(publicKey, walletKeyOf(publicPackage)))
    throw invalidField('publicKey', 'is not the key of the package');
  const ceremony = readBytes(body.ceremony, 'ceremony');
  requireVouchers(set, { accountId, ceremony, packageHash: walletPackageHash(publicPackage) }, body);
  const aik = readBytes(body.aik, 'aik');
  const addressSignature = readBytes(body.addressSignature, 'addressSignature');
  if (!verifyEd25519(aik, walletAddressStatement(accountId, publicKey), addressSignature))
    throw invalidField('addressSignature', 'does not verify');
  return {
    account_id: accountId,
    public_key: publicKey,
    epoch: body.epoch,
    ceremony,
    package: packageText(body),
    vouchers: JSON.stringify(body.vouchers),
    sealed_shares: readBytes(body.sealedShares, 'sealedShares'),
    aik,
    address_signature: addressSignature,
  };
}

/** The set whose nodes hold the account's wallet: the one that its PIN is on. @throws {DomainError} `InvalidField` */
export function setOf(
  { nodeSets }: Pick<Deps, 'nodeSets'>,
  { node_set_hash: hash }: Pick<Account, 'node_set_hash'>,
): VerifiedNodeSet {
  const set = hash === null ? undefined : nodeSets[placeInChain(nodeSets, hash)];
  if (set === undefined) throw invalidField('nodeSetHash', "is not the account's node set");
  return set;
}

function readPackage({ nodeSet, hash }: VerifiedNodeSet, body: WalletRecord): WalletPackage {
  const { min, max } = walletParties(nodeSet.threshold);
  const read = (field: 'commitments' | 'verifyingShares') =>
    body[field].map((text) => readBytes(text, field));
  if (!equalBytes(readBytes(body.nodeSetHash, 'nodeSetHash'), hash))
    throw invalidField('nodeSetHash', 'not the set that is served');
  if (body.commitments.length !== min || body.verifyingShares.length !== max)
    throw invalidField('commitments', 'not those of this node set');
  return {
    epoch: body.epoch,
    nodeSetHash: hash,
    min,
    max,
    commitments: read('commitments'),
    verifyingShares: read('verifyingShares'),
  };
}

/** One of each node, of different ones at least: a new wallet of which one node holds no share could sign with fewer spare ones. */
function requireVouchers(
  { nodeSet }: VerifiedNodeSet,
  of: { readonly accountId: string; readonly ceremony: Uint8Array; readonly packageHash: Uint8Array },
  { vouchers, epoch }: WalletRecord,
): void {
  const user = { tenant: nodeSet.tenant, userId: of.accountId };
  const vouching = new Set<string>();
  for (const { realmId, signature } of vouchers) {
    const node = nodeSet.nodes.find((each) => each.realmId === realmId);
    const statement = walletVoucherStatement({ realmId: fromHex(realmId), user, ...of });
    const isGood =
      node !== undefined &&
      verifyEd25519(fromBase64url(node.logKey), statement, readBytes(signature, 'vouchers'));
    if (isGood) vouching.add(realmId);
  }
  const needed = epoch === 1 ? nodeSet.nodes.length : nodeSet.threshold;
  if (vouching.size !== vouchers.length || vouching.size < needed)
    throw invalidField('vouchers', 'not one of each node of the set');
}
