import {
  type KeyPair,
  type OrderedWalletRequest,
  signEd25519,
  type WalletOrder,
  walletOrderStatement,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import type { NodeChannel } from '../../pin/node-channel.ts';

/** The owner's word for what nodes keep, the same for every node (docs/protocol/wallet.md section 2). Good for five minutes. */
export function orderOf(
  { clock }: Pick<HexkeyDeps, 'clock'>,
  { set, accountId }: Pick<NodeChannel, 'set' | 'accountId'>,
  deviceKey: Uint8Array,
  pinAuthKey: KeyPair,
  request: OrderedWalletRequest,
): WalletOrder {
  const timeMs = clock.now();
  const user = { tenant: set.nodeSet.tenant, userId: accountId };
  return {
    timeMs,
    signature: signEd25519(pinAuthKey, walletOrderStatement({ user, deviceKey, timeMs }, request)),
  };
}
