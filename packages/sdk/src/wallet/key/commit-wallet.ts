import type { WalletRecord } from '@hexkey/contract';
import { fromBase64url, fromHex, type KeyPair, walletNodesOf, walletPackageHash } from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import type { NodeChannel } from '../../pin/node-channel.ts';
import { orderOf } from './wallet-order.ts';
import { packageOf } from './wallet-record.ts';

/**
 * Has every node commit the wallet that the account server took. What is committed already stays as it is, so this is repeated until all have said so.
 * @returns whether every node has it
 */
export async function commitWallet(
  deps: Pick<HexkeyDeps, 'clock'>,
  channel: NodeChannel,
  record: WalletRecord,
  by: { readonly deviceKey: Uint8Array; readonly pinAuthKey: KeyPair },
): Promise<boolean> {
  const request = {
    kind: 'CommitWallet',
    ceremony: fromBase64url(record.ceremony),
    packageHash: walletPackageHash(packageOf(record)),
    signatures: record.vouchers.map(({ realmId, signature }) => ({
      realmId: fromHex(realmId),
      signature: fromBase64url(signature),
    })),
  } as const;
  const order = orderOf(deps, channel, by.deviceKey, by.pinAuthKey, request);
  const { nodes } = walletNodesOf(channel.set.nodeSet, channel.set.hash);
  const replies = await Promise.all(
    nodes.map(({ realmId }) => channel.askWallet(realmId, { ...request, order })),
  );
  return replies.every((reply) => reply.ok && ['Ok', 'WalletExists'].includes(reply.answer.outcome));
}
