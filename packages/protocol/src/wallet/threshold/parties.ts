import type { NodeSet } from '../../pin/node-set.ts';

/** Who holds shares of a wallet's key: the numbers are FROST identifiers. docs/protocol/wallet.md section 1. */
export interface WalletParties {
  /** Shares that a signature takes: 2t. */
  readonly min: number;
  /** All shares: n + w. */
  readonly max: number;
  /** Identifiers 1 to n. */
  readonly nodes: readonly number[];
  /** Identifiers n+1 to n+w: the client's. */
  readonly clients: readonly number[];
}

/**
 * n = 2t-1 nodes and w = t client shares, of which 2t sign: all nodes together are one short, and so is the client with t-1 of them.
 * @param threshold t, at least 2
 */
export function walletParties(threshold: number): WalletParties {
  if (!Number.isInteger(threshold) || threshold < 2) throw new RangeError('a threshold is at least 2');
  const nodeCount = 2 * threshold - 1;
  const max = nodeCount + threshold;
  const identifiers = Array.from({ length: max }, (_, index) => index + 1);
  return {
    min: 2 * threshold,
    max,
    nodes: identifiers.slice(0, nodeCount),
    clients: identifiers.slice(nodeCount),
  };
}

/** Realm ids in the order of their identifiers, 1 first. Lower-case hexadecimal sorts as its bytes do. */
export function realmsByIdentifier({ nodes }: Pick<NodeSet, 'nodes'>): readonly string[] {
  return nodes.map(({ realmId }) => realmId).sort();
}
