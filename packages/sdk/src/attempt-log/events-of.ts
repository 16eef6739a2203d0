import type { EntryJson } from './history-json.ts';
import type { PinEvent, PinEventKind } from './pin-history.ts';

/** The entries of one node, oldest first. */
export interface NodeEntries {
  readonly realmId: string;
  readonly entries: readonly EntryJson[];
}

/** One entry, or a guess and the right PIN that followed it, as one node tells it. */
interface Happening {
  readonly realmId: string;
  readonly first: EntryJson;
  kind: PinEventKind;
}

/** Clocks of two nodes and the slowest of their answers lie this far apart at most. */
const togetherMs = 60_000;

/**
 * What happened, from what several nodes say about it: one attempt shows at up to n nodes, a little apart in time. Attempts of one device
 * are counted as the node counts them that tells of most: the k-th guess of one node within a minute is the k-th of another.
 * @returns newest first
 */
export function eventsOf(nodes: readonly NodeEntries[]): readonly PinEvent[] {
  const happenings = nodes.flatMap(happeningsAt);
  happenings.sort((left, right) => left.first.timeMs - right.first.timeMs);
  const open = new Map<string, Happening[][]>();
  const groups: Happening[][] = [];
  for (const happening of happenings) {
    const among = open.get(likeness(happening)) ?? [];
    const recent = among.filter((group) => happening.first.timeMs - timeOf(group) <= togetherMs);
    const group = recent.find((tellers) => tellers.every(({ realmId }) => realmId !== happening.realmId));
    if (group === undefined) {
      const started = [happening];
      groups.push(started);
      recent.push(started);
    } else group.push(happening);
    open.set(likeness(happening), recent);
  }
  return groups.map(eventOf).sort((left, right) => right.atMs - left.atMs);
}

/** What one node tells, with each right PIN put to the guess it answers. */
function happeningsAt({ realmId, entries }: NodeEntries): Happening[] {
  const happenings: Happening[] = [];
  const guesses = new Map<string, Happening>();
  for (const entry of entries) {
    const kind = kindOf(entry);
    if (kind === null) continue;
    const device = entry.device ?? '';
    const guess = guesses.get(device);
    if (entry.operation === 'proof' && kind === 'right' && guess !== undefined) {
      guess.kind = 'right';
      guesses.delete(device);
      continue;
    }
    const happening = { realmId, first: entry, kind };
    happenings.push(happening);
    if (entry.operation === 'guess' && kind === 'wrong') guesses.set(device, happening);
  }
  return happenings;
}

/** Null for what only prepares another operation. */
function kindOf({ operation, outcome }: EntryJson): PinEventKind | null {
  if (outcome === 'refused' || (operation === 'proof' && outcome === 'wrong')) return 'refused';
  switch (operation) {
    case 'guess':
      return 'wrong';
    case 'proof':
      return 'right';
    case 'commit':
      return outcome === 'right' ? 'replaced' : 'wrong';
    case 'register':
      return 'replaced';
    case 'delete':
      return 'deleted';
    case 'stage':
    case 'vouched':
      return null;
    case 'clock':
      return 'clock';
    case 'restore':
      return 'restored';
    default:
      return 'other';
  }
}

/** Happenings with one likeness at several nodes are one event. A guess is alike whether a node learned that it was right or not. */
function likeness({ realmId, first, kind }: Happening): string {
  if (first.device === null) return `${kind}/${realmId}`;
  const isGuess = kind === 'right' || kind === 'wrong';
  return `${isGuess ? 'guess' : `${kind}/${first.operation}`}/${first.device}`;
}

const timeOf = ([first]: readonly Happening[]): number => first?.first.timeMs ?? 0;

function eventOf(tellers: readonly Happening[]): PinEvent {
  const [earliest] = tellers as readonly [Happening, ...Happening[]];
  const { first, kind, realmId } = earliest;
  return {
    id: `${realmId.slice(0, 8)}-${first.sequence}`,
    kind: tellers.some((teller) => teller.kind === 'right') ? 'right' : kind,
    operation: first.operation,
    atMs: first.timeMs,
    device: first.device,
    bucket: first.bucket,
    nodes: tellers.map((teller) => teller.realmId),
    sequences: tellers.map((teller) => teller.first.sequence),
  };
}
