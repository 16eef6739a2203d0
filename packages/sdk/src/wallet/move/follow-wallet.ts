import { DomainError, routes, type WalletRecord } from '@hexkey/contract';
import {
  type DerivedKey,
  equalBytes,
  fromBase64url,
  fromHex,
  type KeyShare,
  type PinSecret,
  pinAuthKeyPair,
  toBase64url,
  toHex,
  verifyEd25519,
  verifyingShareOf,
  type WalletNode,
  walletKeyOf,
  walletNodesOf,
  walletPackageHash,
  walletVoucherStatement,
} from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import { entropyWithPin } from '../../account/kept-entropy.ts';
import type { NodeChannel, WalletReply } from '../../pin/node-channel.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { callWithPin } from '../../transport/call-with-pin.ts';
import { isAt, isRecordGood, packageMembers, packageOf } from '../key/wallet-record.ts';
import { openShares, sharesKey } from '../key/wallet-shares.ts';

/**
 * After a right PIN: where the account was moved to other nodes, on this device or another one, its wallet's new package and shares are kept here, and the account server has them in the place
 * of those before. It may stop anywhere; until the server was told it is repeated.
 * @param channel of the nodes that the PIN is on
 * @param known the record of before, or the moved one
 * @throws {DomainError} `NodesUnavailable`, `NodeCheated`, `SecretReplaced`, `Offline`
 */
export async function followWallet(
  client: Client,
  account: KeptAccount,
  channel: NodeChannel,
  known: WalletRecord,
  pinSecret: PinSecret,
): Promise<WalletRecord> {
  const { accountId } = account;
  const entropy = await entropyWithPin(client, account, pinSecret);
  const key = sharesKey(pinSecret, entropy);
  const here = isAt(known, channel.set.hash) ? known : await moveRecord(client, account, channel, known, key);
  const caller = callerOf(client, account);
  const { wallet } = await callWithPin(client.api, routes.moveWallet, caller, pinAuthKeyPair(pinSecret), {
    body: here,
  });
  requireSame(wallet, known, channel, accountId);
  await client.deps.vault.changeWalletBook(accountId, (book) => ({
    ...book,
    record: wallet,
    nodeSet: channel.document,
    isCommitted: true,
  }));
  return wallet;
}

/**
 * The record at the nodes that the account is on now: the server's, or what t of those nodes say. It is kept here, and is the same wallet or none.
 * @param key of the client's shares
 * @throws {DomainError} `NodesUnavailable`, `NodeCheated`, `SecretReplaced`
 */
export async function moveRecord(
  client: Client,
  account: KeptAccount,
  channel: NodeChannel,
  known: WalletRecord,
  key: DerivedKey,
): Promise<WalletRecord> {
  const { accountId } = account;
  const told = await toldByServer(client, account);
  const record =
    told !== null && isAt(told, channel.set.hash)
      ? told
      : await readFromNodes(channel, accountId, told ?? known, key);
  requireSame(record, known, channel, accountId);
  await client.deps.vault.changeWalletBook(accountId, (book) => ({
    ...book,
    record,
    nodeSet: channel.document,
    isCommitted: false,
  }));
  return record;
}

/** Null while it is away: the nodes are enough. */
async function toldByServer(client: Client, account: KeptAccount): Promise<WalletRecord | null> {
  try {
    return (await client.api.call(routes.getWallet, { caller: callerOf(client, account) })).wallet;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** @throws {DomainError} `NodeCheated`: another wallet is no change that anybody may make */
function requireSame(
  record: WalletRecord,
  known: Pick<WalletRecord, 'publicKey'>,
  { set }: NodeChannel,
  accountId: string,
): void {
  if (record.publicKey !== known.publicKey || !isRecordGood(record, set, accountId))
    throw new DomainError('NodeCheated', { realmIds: [] });
}

type Told = Extract<
  Extract<WalletReply<'ReadWallet'>, { readonly ok: true }>['answer'],
  { readonly outcome: 'Ok' }
>;

async function readFromNodes(
  channel: NodeChannel,
  accountId: string,
  before: WalletRecord,
  key: DerivedKey,
): Promise<WalletRecord> {
  const { nodeSet, hash } = channel.set;
  const { nodes, parties } = walletNodesOf(nodeSet, hash);
  const user = { tenant: nodeSet.tenant, userId: accountId };
  const publicKey = fromBase64url(before.publicKey);
  const groups = new Map<string, { readonly node: WalletNode; readonly told: Told }[]>();
  await Promise.all(
    nodes.map(async (node) => {
      const reply = await channel.askWallet(node.realmId, { kind: 'ReadWallet' });
      if (!reply.ok || reply.answer.outcome !== 'Ok') return;
      const told = reply.answer;
      const { package: wallet, ceremony, signature } = told;
      const packageHash = walletPackageHash(wallet);
      const realmId = fromHex(node.realmId);
      const statement = walletVoucherStatement({ realmId, user, ceremony, packageHash });
      const isOurs =
        equalBytes(wallet.nodeSetHash, hash) &&
        wallet.min === parties.min &&
        wallet.max === parties.max &&
        equalBytes(walletKeyOf(wallet), publicKey) &&
        verifyEd25519(node.logKey, statement, signature);
      if (!isOurs) return;
      const name = `${toHex(packageHash)}/${toHex(ceremony)}`;
      groups.set(name, [...(groups.get(name) ?? []), { node, told }]);
    }),
  );
  const held = [...groups.values()].find(({ length }) => length >= nodeSet.threshold);
  const [first] = held ?? [];
  if (held === undefined || first === undefined) {
    const reachable = Math.max(0, ...[...groups.values()].map(({ length }) => length));
    throw new DomainError('NodesUnavailable', { reachable, needed: nodeSet.threshold });
  }
  const members = {
    ceremony: toBase64url(first.told.ceremony),
    ...packageMembers(first.told.package),
    vouchers: held.map(({ node, told }) => ({
      realmId: node.realmId,
      signature: toBase64url(told.signature),
    })),
    aik: before.aik,
    addressSignature: before.addressSignature,
  };
  for (const { told } of held) {
    if (told.sealedShares === null) continue;
    const record = { ...members, sealedShares: toBase64url(told.sealedShares) };
    const shares = openShares(key, accountId, record);
    if (shares !== null && areSharesOf(record, shares, parties.clients)) return record;
  }
  throw new DomainError('SecretReplaced', {});
}

/** Whether they are the client's shares of that package, all of them: a node might keep others. */
function areSharesOf(
  record: WalletRecord,
  shares: readonly KeyShare[],
  identifiers: readonly number[],
): boolean {
  const { verifyingShares } = packageOf(record);
  return identifiers.every((identifier) => {
    const held = shares.find((share) => share.identifier === identifier);
    const expected = verifyingShares[identifier - 1];
    return held !== undefined && expected !== undefined && equalBytes(verifyingShareOf(held), expected);
  });
}
