import {
  fromBase64url,
  fromHex,
  isSignedByNode,
  type NodeSetEntry,
  type ReceivedLog,
} from '@hexkey/protocol';
import {
  type ConflictJson,
  entryToJson,
  headFromJson,
  headToJson,
  type SeenHeadJson,
} from './history-json.ts';
import { judgeNodeLog, type SeenSignedHead } from './judge-node-log.ts';
import type { KeptLog, KeptNodeLog } from './kept-log.ts';
import type { Look } from './look.ts';

/** Enough for months between two exports; the nodes themselves keep a year. */
const entriesKept = 500;
const conflictsKept = 4;

/**
 * The heads of one node that count as seen: this device's, and the shared one where the node signed it and the owner accepted no other
 * history since.
 */
export function seenHeads(
  look: Pick<Look, 'accountId' | 'nodeSet' | 'shared'>,
  node: NodeSetEntry,
  kept: KeptNodeLog | undefined,
): { readonly own: SeenSignedHead | null; readonly shared: SeenSignedHead | null } {
  const own = kept?.head ?? null;
  const { shared } = look;
  const told =
    shared.state === 'opened'
      ? shared.heads.nodes.find(({ realmId }) => realmId === node.realmId)
      : undefined;
  const counts = told !== undefined && told.head.seenAtMs > (kept?.acceptedAtMs ?? -1);
  const other = counts ? seenHeadOf(told.head) : null;
  const isGenuine = other !== null && isSignedByNode(ownerOf(look, node), other, fromBase64url(node.logKey));
  return { own: own && seenHeadOf(own), shared: isGenuine ? other : null };
}

/** What this device knows of one node after a look. What did not verify changes nothing of what did. */
export function judgeNode(look: Look, before: KeptLog | null, node: NodeSetEntry): KeptNodeLog {
  const kept = before?.nodes.find(({ realmId }) => realmId === node.realmId);
  const { own, shared } = seenHeads(look, node, kept);
  const known: KeptNodeLog = kept ?? unknownNode(node.realmId);
  const received = look.received.get(node.realmId) ?? null;
  if (received === null) return known;
  const seen = [own, shared].filter((head) => head !== null);
  const about = { ...ownerOf(look, node), logKey: fromBase64url(node.logKey) };
  const { verdict, contradicts, isSigned } = judgeNodeLog(about, seen, received, look.atMs);
  const checked = { ...known, verdict, checkedAtMs: look.atMs };
  const told = headToJson(received.head);
  if (verdict !== 'ok')
    return {
      ...checked,
      told: isSigned ? told : known.told,
      conflicts:
        contradicts === null ? known.conflicts : withConflict(known.conflicts, contradicts, received),
    };
  return {
    ...checked,
    head: { ...told, seenAtMs: look.atMs },
    entries: withEntries(known, received),
    told: null,
  };
}

function withEntries({ entries, head }: KeptNodeLog, received: ReceivedLog): KeptNodeLog['entries'] {
  const reached = head?.sequence ?? 0;
  const added = received.entries.filter(({ sequence }) => sequence > reached).map(entryToJson);
  const [first] = added;
  // After a gap, what is kept from before it is no part of the chain that can be shown.
  const continues = first === undefined || first.sequence === reached + 1;
  return [...(continues ? entries : []), ...added].slice(-entriesKept);
}

function withConflict(
  conflicts: readonly ConflictJson[],
  seen: SeenSignedHead,
  { head }: ReceivedLog,
): readonly ConflictJson[] {
  const known = conflicts.some((conflict) => conflict.seen.hash === headToJson(seen).hash);
  const conflict = { seen: { ...headToJson(seen), seenAtMs: seen.seenAtMs }, told: headToJson(head) };
  return known ? conflicts : [...conflicts, conflict].slice(-conflictsKept);
}

const ownerOf = ({ accountId, nodeSet }: Pick<Look, 'accountId' | 'nodeSet'>, { realmId }: NodeSetEntry) => ({
  realmId: fromHex(realmId),
  user: { tenant: nodeSet.tenant, userId: accountId },
});

const seenHeadOf = (head: SeenHeadJson): SeenSignedHead => ({
  ...headFromJson(head),
  seenAtMs: head.seenAtMs,
});

const unknownNode = (realmId: string): KeptNodeLog => ({
  realmId,
  verdict: null,
  checkedAtMs: null,
  head: null,
  entries: [],
  told: null,
  conflicts: [],
  acceptedAtMs: null,
});
