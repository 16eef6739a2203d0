import { DomainError } from '@hexkey/contract';
import type { Client } from '../account/client.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { type HistoryFile, historyFormat } from './history-json.ts';
import { type KeptNodeLog, readKeptLog } from './kept-log.ts';

/**
 * What this device knows of the attempts, as a text that `auditPinHistory` verifies anywhere without a network. It holds no secret, but
 * tells when its owner used the account.
 * @throws {DomainError} `PinHistoryUnread` when nothing was read here
 */
export async function exportPinHistory({ deps }: Client, { accountId }: KeptAccount): Promise<string> {
  const kept = await readKeptLog(deps, accountId);
  if (kept === null) throw new DomainError('PinHistoryUnread', {});
  const file: HistoryFile = {
    format: historyFormat,
    exportedAtMs: deps.clock.now(),
    accountId,
    nodeSet: kept.nodeSet,
    devices: [...kept.devices],
    nodes: kept.nodes.map(exportedNode),
  };
  return JSON.stringify(file, null, 1);
}

/** A head without the entries that lead to it proves nothing to others, unless the log is empty. */
function exportedNode({ realmId, head, entries, conflicts }: KeptNodeLog): HistoryFile['nodes'][number] {
  const isShown = head !== null && (entries.length > 0 || head.sequence === 0);
  const { sequence = 0, hash = '', signature = '' } = head ?? {};
  return {
    realmId,
    head: isShown ? { sequence, hash, signature } : null,
    entries: [...entries],
    conflicts: [...conflicts],
  };
}
