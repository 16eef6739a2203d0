import type { Client } from '../account/client.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { type KeptLog, type KeptNodeLog, keepLog, readKeptLog } from './kept-log.ts';

/** The owner has read a warning. One about a node accepts the history it tells now, from which it is checked from then on. */
export function dismissPinWarning(client: Client, { accountId }: KeptAccount, id: string): Promise<void> {
  return client.inLogTurn(async () => {
    const kept = await readKeptLog(client.deps, accountId);
    if (kept !== null) await keepLog(client.deps, accountId, withoutWarning(kept, id));
    client.historyRead();
  });
}

export function withoutWarning(kept: KeptLog, id: string): KeptLog {
  const dismissed = kept.warnings.find((warning) => warning.id === id);
  const warnings = kept.warnings.filter((warning) => warning !== dismissed);
  if (dismissed?.kind !== 'node-history') return { ...kept, warnings };
  const nodes = kept.nodes.map((node) => (node.realmId === dismissed.realmId ? accepted(node) : node));
  return { ...kept, nodes, warnings };
}

/** What the node signed takes the place of what it contradicts, the other devices' head included. Nothing signed: nothing to go on from. */
function accepted(node: KeptNodeLog): KeptNodeLog {
  if (node.told === null || node.checkedAtMs === null) return node;
  return {
    ...node,
    verdict: 'ok',
    head: { ...node.told, seenAtMs: node.checkedAtMs },
    entries: [],
    told: null,
    acceptedAtMs: node.checkedAtMs,
  };
}
