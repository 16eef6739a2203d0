import {
  equalBytes,
  type WalletNode,
  type WalletPackage,
  walletNodesOf,
  walletPackageHash,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import type { NodeChannel } from '../../pin/node-channel.ts';

/** Nodes of a wallet, the fastest to answer first: they sign, and the others stand in for them. */
export interface NodeRanking {
  readonly atMs: number;
  readonly nodes: readonly WalletNode[];
}

/** How long a ranking is good: as long as a pay sheet stays open. */
const goodForMs = 60_000;

/**
 * Asks every node how it stands. Those that answer come in the order in which they did, those that have not answered once t have come last: a signature
 * waits for no silent node.
 */
export async function rankNodes(
  { clock }: Pick<HexkeyDeps, 'clock'>,
  channel: NodeChannel,
  wallet: WalletPackage,
): Promise<NodeRanking> {
  const { nodes } = walletNodesOf(channel.set.nodeSet, channel.set.hash);
  const { threshold } = channel.set.nodeSet;
  const packageHash = walletPackageHash(wallet);
  const ready: WalletNode[] = [];
  const late: WalletNode[] = [];
  await new Promise<void>((resolve) => {
    let asked = nodes.length;
    for (const node of nodes)
      void channel.askWallet(node.realmId, { kind: 'WalletStatus' }).then((reply) => {
        const isReady =
          reply.ok &&
          reply.answer.outcome === 'Ok' &&
          reply.answer.wallet !== null &&
          equalBytes(reply.answer.wallet.packageHash, packageHash);
        (isReady ? ready : late).push(node);
        asked -= 1;
        if (ready.length === threshold || asked === 0) resolve();
      });
  });
  const first = [...ready];
  const others = nodes.filter((node) => !first.includes(node));
  return { atMs: clock.now(), nodes: [...first, ...others] };
}

export function isRankingGood(ranking: NodeRanking | null, nowMs: number): ranking is NodeRanking {
  return ranking !== null && nowMs - ranking.atMs < goodForMs;
}
