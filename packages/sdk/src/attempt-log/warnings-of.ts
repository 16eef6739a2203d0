import { eventsOf } from './events-of.ts';
import { seenHeads } from './judge-node.ts';
import type { KeptLog, KeptNodeLog } from './kept-log.ts';
import type { Look } from './look.ts';
import type { OwnDevice, PinEvent, PinWarning } from './pin-history.ts';

type Foreign = Extract<PinWarning, { kind: 'foreign-attempts' }>;

/** What the owner is to be told after a look, with what was told before and not dismissed. Newest first. */
export function warningsOf(
  look: Look,
  before: KeptLog | null,
  after: Pick<KeptLog, 'nodes' | 'devices'>,
): readonly PinWarning[] {
  const open = before?.warnings ?? [];
  const found = [
    ...nodeWarnings(look, after.nodes),
    ...deviceWarnings(before, after.devices, look),
    ...headsWarnings(look, before),
    ...foreignWarnings(look, before, after, open),
  ];
  const foundIds = new Set(found.map(({ id }) => id));
  return [...found, ...open.filter(({ id }) => !foundIds.has(id))];
}

function nodeWarnings(look: Look, nodes: readonly KeptNodeLog[]): PinWarning[] {
  return nodes.flatMap(({ realmId, verdict, checkedAtMs }) => {
    const node = look.nodeSet.nodes.find((entry) => entry.realmId === realmId);
    if (node === undefined || verdict === null || verdict === 'ok' || checkedAtMs !== look.atMs) return [];
    const { name, operator } = node;
    return [
      { kind: 'node-history', id: `node-${realmId}`, atMs: look.atMs, realmId, name, operator, verdict },
    ];
  });
}

/** A first look has nothing to compare with. */
function deviceWarnings(before: KeptLog | null, devices: readonly OwnDevice[], look: Look): PinWarning[] {
  if (before === null) return [];
  const known = new Set(before.devices.map(({ thumbprint }) => thumbprint));
  return devices
    .filter(({ thumbprint }) => thumbprint !== look.self.thumbprint && !known.has(thumbprint))
    .map(({ thumbprint, name, sinceMs }) => ({
      kind: 'new-device',
      id: `device-${thumbprint}`,
      atMs: sinceMs,
      device: thumbprint,
      name,
    }));
}

/** Heads under a new S_pin replace the old ones quietly: whoever changed it could not keep them. */
function headsWarnings({ shared, pinAuthKey, atMs }: Look, before: KeptLog | null): PinWarning[] {
  if (before === null || before.revision === 0 || shared.state === 'unasked') return [];
  const warning = (problem: 'older' | 'missing' | 'unreadable'): PinWarning[] => [
    { kind: 'heads-rolled-back', id: 'heads', atMs, problem },
  ];
  if (shared.state === 'none') return warning('missing');
  if (shared.state === 'unreadable') return before.pinAuthKey === pinAuthKey ? warning('unreadable') : [];
  const { revision } = shared.heads;
  const isOther = revision === before.revision && shared.hash !== before.sharedHash;
  return revision < before.revision || isOther ? warning('older') : [];
}

function foreignWarnings(
  look: Look,
  before: KeptLog | null,
  { nodes, devices }: Pick<KeptLog, 'nodes' | 'devices'>,
  open: readonly PinWarning[],
): Foreign[] {
  const own = new Set(devices.map(({ thumbprint }) => thumbprint));
  const strange = eventsOf(nodes).filter((event) => isForeign(event, own));
  if (strange.length === 0) return [];
  const seen = seenSequences(look, before);
  const foreign = strange.filter((event) => isNew(event, seen));
  if (foreign.length === 0) return [];
  const earlier = open.find((warning): warning is Foreign => warning.kind === 'foreign-attempts');
  return [foreign.reduce(withForeign, earlier ?? emptyWarning(foreign))];
}

/** An attempt by a device that never showed the right PIN, as far as is known. */
export function isForeign({ device }: PinEvent, own: ReadonlySet<string>): boolean {
  return device !== null && !own.has(device);
}

/** Told by no node at a place that was seen before. */
function isNew({ nodes, sequences }: PinEvent, seen: ReadonlyMap<string, number>): boolean {
  return nodes.every((realmId, index) => (sequences[index] ?? 0) > (seen.get(realmId) ?? 0));
}

/** Up to where each node's history was judged: here, or before the first look of this device by the owner's others. */
function seenSequences(look: Look, before: KeptLog | null): ReadonlyMap<string, number> {
  return new Map(
    look.nodeSet.nodes.map((node) => {
      const kept = before?.nodes.find(({ realmId }) => realmId === node.realmId);
      const { own, shared } = seenHeads(look, node, kept);
      return [node.realmId, (own ?? shared)?.sequence ?? 0];
    }),
  );
}

function withForeign(warning: Foreign, { kind, atMs, device, nodes }: PinEvent): Foreign {
  const isTry = kind === 'wrong' || kind === 'right';
  return {
    ...warning,
    firstAtMs: Math.min(warning.firstAtMs, atMs),
    lastAtMs: Math.max(warning.lastAtMs, atMs),
    tries: warning.tries + (isTry ? 1 : 0),
    refusals: warning.refusals + (kind === 'refused' ? 1 : 0),
    devices: [...new Set([...warning.devices, device ?? ''])].slice(-mostNamed),
    nodes: [...new Set([...warning.nodes, ...nodes])],
    rightPinFollowed: warning.rightPinFollowed || kind === 'right' || kind === 'replaced',
  };
}

/** Devices named in one warning. */
const mostNamed = 20;

function emptyWarning(events: readonly PinEvent[]): Foreign {
  const times = events.map(({ atMs }) => atMs);
  return {
    kind: 'foreign-attempts',
    id: `foreign-${Math.min(...times)}`,
    firstAtMs: Math.min(...times),
    lastAtMs: Math.max(...times),
    tries: 0,
    refusals: 0,
    devices: [],
    nodes: [],
    rightPinFollowed: false,
  };
}
