import { DomainError } from '@hexkey/contract';
import {
  equalBytes,
  fromBase64url,
  fromHex,
  isSignedByNode,
  type LogOwner,
  MalformedError,
  type NodeSetEntry,
  type VerifiedNodeSet,
  verifyEntries,
  verifyNodeSet,
} from '@hexkey/protocol';
import { Value } from 'typebox/value';
import { eventsOf } from './events-of.ts';
import { type ConflictJson, entryFromJson, HistoryFile, headFromJson } from './history-json.ts';
import type { OwnDevice, PinEvent } from './pin-history.ts';

/** What a file proves about one node of the set. */
export interface AuditedNode {
  readonly realmId: string;
  readonly name: string;
  readonly operator: string;
  /**
   * `ok`: every entry follows from the one before, up to the head the node signed. `broken` and `forked`: it does not, or begins another
   * account's history. `absent`: the file has no history of it.
   */
  readonly verdict: 'ok' | 'broken' | 'forked' | 'absent';
  readonly entries: number;
  /** Older ones were forgotten after a year or are not in the file; null when the history is there from its beginning. */
  readonly oldestSequence: number | null;
  readonly newestAtMs: number | null;
  /**
   * Heads that the node signed and that contradict each other or the chain in the file. `convicting`: proves to anybody that the node told
   * two histories; otherwise one is shorter than the other, and the owner's word stands for which came first.
   */
  readonly conflicts: readonly {
    readonly convicting: boolean;
    readonly sequences: readonly [number, number];
  }[];
}

export interface PinHistoryAudit {
  readonly accountId: string;
  readonly exportedAtMs: number;
  readonly nodeSetId: string;
  readonly threshold: number;
  readonly nodes: readonly AuditedNode[];
  /** No history is broken or forked and no node contradicts itself. */
  readonly isSound: boolean;
  /** What the verified histories tell, newest first. */
  readonly events: readonly PinEvent[];
  /** As the exporting device claims: nobody signed it. */
  readonly devices: readonly OwnDevice[];
}

/**
 * Verifies what `exportPinHistory` wrote, offline: the operator's signature on the node set, each node's signature on its head, and the
 * chain of entries up to it. Trusts nothing but the operator's key.
 *
 * @param json the file's text
 * @param operatorKey Ed25519 public key that signs node sets, 32 bytes
 * @throws {DomainError} `InvalidField` for a text that is no such file; `NodeSetMismatch` when this operator did not sign its node set
 */
export function auditPinHistory(json: string, operatorKey: Uint8Array): PinHistoryAudit {
  const file = parseFile(json);
  const { nodeSet } = verifiedSet(file, operatorKey);
  try {
    const audited = nodeSet.nodes.map((node) => auditNode(file, nodeSet.tenant, node));
    const sound = new Set(audited.filter(({ verdict }) => verdict === 'ok').map(({ realmId }) => realmId));
    return {
      accountId: file.accountId,
      exportedAtMs: file.exportedAtMs,
      nodeSetId: nodeSet.id,
      threshold: nodeSet.threshold,
      nodes: audited,
      isSound: audited.every(
        ({ verdict, conflicts }) => (verdict === 'ok' || verdict === 'absent') && conflicts.length === 0,
      ),
      events: eventsOf(file.nodes.filter(({ realmId }) => sound.has(realmId))),
      devices: file.devices,
    };
  } catch (error) {
    if (error instanceof RangeError) throw notAFile('not canonical base64url');
    throw error;
  }
}

function auditNode(
  { accountId, exportedAtMs, nodes }: HistoryFile,
  tenant: string,
  { realmId, name, operator, logKey: logKeyText }: NodeSetEntry,
): AuditedNode {
  const logKey = fromBase64url(logKeyText);
  const owner = { realmId: fromHex(realmId), user: { tenant, userId: accountId } };
  const held = nodes.find((node) => node.realmId === realmId);
  const signed = { owner, logKey };
  const about = { realmId, name, operator };
  if (held === undefined || held.head === null)
    return {
      ...about,
      verdict: 'absent',
      entries: 0,
      oldestSequence: null,
      newestAtMs: null,
      conflicts: (held?.conflicts ?? []).flatMap((conflict) => contradiction(signed, conflict, () => null)),
    };
  const received = { entries: held.entries.map(entryFromJson), head: headFromJson(held.head) };
  const judged = verifyEntries({ ...owner, logKey }, null, received, exportedAtMs);
  const inChain = judged.verdict === 'ok' ? chainHashes(held) : () => null;
  return {
    ...about,
    verdict: judged.verdict === 'shrank' ? 'broken' : judged.verdict,
    entries: held.entries.length,
    oldestSequence: judged.verdict === 'ok' ? judged.oldestSequence : null,
    newestAtMs: held.entries.at(-1)?.timeMs ?? null,
    conflicts: held.conflicts.flatMap((conflict) => contradiction(signed, conflict, inChain)),
  };
}

/** Heads that the node did not sign prove nothing about it. */
function contradiction(
  { owner, logKey }: { readonly owner: LogOwner; readonly logKey: Uint8Array },
  { seen, told }: ConflictJson,
  chainHashAt: (sequence: number) => string | null,
): AuditedNode['conflicts'] {
  const heads = [headFromJson(seen), headFromJson(told)] as const;
  const [before, after] = heads;
  if (!heads.every((head) => isSignedByNode(owner, head, logKey))) return [];
  if (before.sequence === after.sequence && equalBytes(before.hash, after.hash)) return [];
  const inChain = chainHashAt(seen.sequence);
  const convicting = before.sequence === after.sequence || (inChain !== null && inChain !== seen.hash);
  return [{ convicting, sequences: [before.sequence, after.sequence] }];
}

/** The hash that the file's chain has at a sequence; null outside of what is there. */
function chainHashes({ head, entries }: HistoryFile['nodes'][number]): (sequence: number) => string | null {
  return (sequence) => {
    if (head?.sequence === sequence) return head.hash;
    return entries.find((entry) => entry.sequence === sequence + 1)?.previousHash ?? null;
  };
}

function parseFile(json: string): HistoryFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) throw notAFile('not JSON');
    throw error;
  }
  if (!Value.Check(HistoryFile, parsed)) throw notAFile('not a PIN history of this version');
  return parsed;
}

function verifiedSet({ nodeSet }: HistoryFile, operatorKey: Uint8Array): VerifiedNodeSet {
  try {
    return verifyNodeSet(nodeSet, operatorKey);
  } catch (error) {
    if (error instanceof MalformedError) throw new DomainError('NodeSetMismatch', {});
    throw error;
  }
}

const notAFile = (problem: string) => new DomainError('InvalidField', { field: 'file', problem });
