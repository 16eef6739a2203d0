import type { PinHistory, PinWarning } from '@hexkey/sdk';

const thief = 'dGhpZWYtdGhpZWYtdGhpZWYtdGhpZWYtdGhpZWYtMDA';
const own = 'b3duLW93bi1vd24tb3duLW93bi1vd24tb3duLW93bjA';
const minute = 60_000;
const realmIds = [0, 1, 2, 3, 4].map((place) => String(place).repeat(32));
const operators = ['Hexkey', 'Aster Foundation', 'Norrland University', 'Kestrel Mutual', 'Ada’s Basement'];

export type HistoryTrouble = 'foreign-tries' | 'node-shrank' | null;

/** Five nodes and a few weeks of PIN entries; with trouble, also what each kind of warning looks like. */
export function somePinHistory(nowMs: number, trouble: HistoryTrouble): PinHistory {
  const shrank = trouble === 'node-shrank';
  return {
    readAtMs: nowMs - 2 * minute,
    threshold: 3,
    nodes: realmIds.map((realmId, place) => ({
      realmId,
      name: `Node ${place + 1}`,
      operator: operators[place] ?? 'Hexkey',
      verdict: shrank && place === 1 ? 'shrank' : 'ok',
      checkedAtMs: nowMs - (shrank && place === 4 ? 3000 : 2) * minute,
      newestAtMs: nowMs - 2 * minute,
    })),
    events: [
      event(nowMs, 'right', 2, own),
      ...(trouble === 'foreign-tries'
        ? [48, 51, 55].map((ago) => event(nowMs, 'wrong', ago, thief))
        : [event(nowMs, 'restored', 50, null)]),
      event(nowMs, 'refused', 300, own),
      event(nowMs, 'wrong', 301, own),
      ...Array.from({ length: 30 }, (_, day) => event(nowMs, 'right', 1440 * (day + 1), own)),
      event(nowMs, 'replaced', 50_000, own),
    ],
    warnings: warningsOf(nowMs, trouble),
  };
}

type Event = PinHistory['events'][number];

function event(nowMs: number, kind: Event['kind'], minutesAgo: number, device: string | null): Event {
  const nodes = kind === 'restored' ? realmIds.slice(1, 2) : realmIds;
  return {
    id: `${kind}-${minutesAgo}`,
    kind,
    operation: 'guess',
    atMs: nowMs - minutesAgo * minute,
    device,
    bucket: device === null ? null : 'newDevice',
    nodes,
    sequences: nodes.map(() => 1),
    deviceName: device === own ? 'Chromium on Linux' : null,
    isThisDevice: device === own,
    isForeign: device === thief,
  };
}

function warningsOf(nowMs: number, trouble: HistoryTrouble): PinWarning[] {
  const atMs = nowMs - 2 * minute;
  if (trouble === 'foreign-tries')
    return [
      {
        kind: 'foreign-attempts',
        id: 'foreign',
        firstAtMs: nowMs - 55 * minute,
        lastAtMs: nowMs - 48 * minute,
        tries: 3,
        refusals: 0,
        devices: [thief],
        nodes: realmIds,
        rightPinFollowed: false,
      },
      { kind: 'new-device', id: 'device', atMs, device: own, name: 'Firefox on Android' },
    ];
  if (trouble === 'node-shrank')
    return [
      {
        kind: 'node-history',
        id: 'node',
        atMs,
        realmId: realmIds[1] ?? '',
        name: 'Node 2',
        operator: 'Aster Foundation',
        verdict: 'shrank',
      },
      { kind: 'heads-rolled-back', id: 'heads', atMs, problem: 'older' },
    ];
  return [];
}
