import { deviceKeyThumbprint, verifyNodeSet } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { eventsOf } from './events-of.ts';
import { type KeptLog, readKeptLog } from './kept-log.ts';
import type { PinHistory } from './pin-history.ts';
import { isForeign } from './warnings-of.ts';

/** The last look of this device, without a request. */
export async function pinHistoryOf({ deps }: Client, account: KeptAccount): Promise<PinHistory> {
  const kept = await readKeptLog(deps, account.accountId);
  if (kept === null) return { readAtMs: null, threshold: 0, nodes: [], events: [], warnings: [] };
  const { nodeSet } = verifyNodeSet(kept.nodeSet, deps.operatorKey);
  const { readAtMs, warnings } = kept;
  const nodes = nodeSet.nodes.map(({ realmId, name, operator }) => {
    const { verdict = null, checkedAtMs = null, entries = [] } = nodeIn(kept, realmId) ?? {};
    return { realmId, name, operator, verdict, checkedAtMs, newestAtMs: entries.at(-1)?.timeMs ?? null };
  });
  const names = new Map(kept.devices.map(({ thumbprint, name }) => [thumbprint, name]));
  const own = new Set(names.keys());
  const self = deviceKeyThumbprint(account.deviceKey.publicKey);
  const events = eventsOf(kept.nodes).map((event) => ({
    ...event,
    deviceName: names.get(event.device ?? '') ?? null,
    isThisDevice: event.device === self,
    isForeign: isForeign(event, own),
  }));
  return { readAtMs, threshold: nodeSet.threshold, nodes, events, warnings };
}

const nodeIn = ({ nodes }: KeptLog, realmId: string) => nodes.find((node) => node.realmId === realmId);
