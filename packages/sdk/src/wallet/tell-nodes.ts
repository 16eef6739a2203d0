import { DomainError } from '@hexkey/contract';
import {
  type KeyPair,
  type OrderedWalletRequest,
  type WalletOrder,
  type WalletRefusal,
  type WalletRequest,
  walletNodesOf,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../deps.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import { orderOf } from './key/wallet-order.ts';
import { domainErrorOfRefusal } from './sign/sign-message.ts';

/**
 * Has every node keep something by the owner's order. t of them suffice: no signature gets past them.
 * @throws {DomainError} the refusal of a node when fewer did it, else `NodesUnavailable`
 */
export async function tellNodes(
  deps: Pick<HexkeyDeps, 'clock'>,
  channel: NodeChannel,
  by: { readonly deviceKey: Uint8Array; readonly pinAuthKey: KeyPair },
  request: Extract<
    OrderedWalletRequest,
    { readonly kind: 'SetLimits' | 'ApproveDevice' | 'SetPayAuth' | 'BeginExport' }
  >,
): Promise<void> {
  const order: WalletOrder = orderOf(deps, channel, by.deviceKey, by.pinAuthKey, request);
  const { nodes } = walletNodesOf(channel.set.nodeSet, channel.set.hash);
  const replies = await Promise.all(
    nodes.map(({ realmId }) => channel.askWallet(realmId, { ...request, order } as WalletRequest)),
  );
  const answers = replies.flatMap((reply) => (reply.ok ? [reply.answer] : []));
  const done = answers.filter(({ outcome }) => outcome === 'Ok').length;
  const needed = channel.set.nodeSet.threshold;
  if (done >= needed) return;
  const refusal = answers.find(({ outcome }) => outcome !== 'Ok');
  throw refusal === undefined
    ? new DomainError('NodesUnavailable', { reachable: done, needed })
    : domainErrorOfRefusal(refusal as WalletRefusal);
}
