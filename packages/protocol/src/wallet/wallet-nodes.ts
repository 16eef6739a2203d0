import { fromBase64url } from '../encoding/text.ts';
import type { NodeSet } from '../pin/node-set.ts';
import { realmsByIdentifier, type WalletParties, walletParties } from './threshold/parties.ts';

/** A node of the set in its part of a wallet. */
export interface WalletNode {
  /** FROST identifier. */
  readonly identifier: number;
  /** 32 lower-case hexadecimal digits. */
  readonly realmId: string;
  /** Ed25519, 32 bytes: signs its messages and vouchers. */
  readonly logKey: Uint8Array;
  /** X25519, 32 bytes: messages to it are sealed to this key. */
  readonly hpkeKey: Uint8Array;
}

/** The nodes of a signed set as the holders of a wallet's shares. */
export interface WalletNodes {
  /** 32 bytes. */
  readonly setHash: Uint8Array;
  readonly parties: WalletParties;
  /** In the order of their identifiers. */
  readonly nodes: readonly WalletNode[];
}

/** @param setHash of the document whose signature was checked */
export function walletNodesOf(
  nodeSet: Pick<NodeSet, 'threshold' | 'nodes'>,
  setHash: Uint8Array,
): WalletNodes {
  const nodes = realmsByIdentifier(nodeSet).map((realmId, index) => {
    const node = nodeSet.nodes.find((each) => each.realmId === realmId);
    if (node === undefined) throw new Error('a realm id is of no node');
    return {
      identifier: index + 1,
      realmId,
      logKey: fromBase64url(node.logKey),
      hpkeKey: fromBase64url(node.hpkeKey),
    };
  });
  return { setHash, parties: walletParties(nodeSet.threshold), nodes };
}
