import { attemptLogKeptMs } from '@hexkey/protocol';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  aDevice,
  aGrowingLog,
  anAccountId,
  type GrowingLog,
  threeNodes,
  threeNodesSigned,
} from '../testing/a-node-log.ts';
import { headsToShare, judgeLook } from './judge-look.ts';
import { seenHeads } from './judge-node.ts';
import type { KeptLog } from './kept-log.ts';
import type { Look, SharedAnswer } from './look.ts';

// Signatures are made and checked by the hundred here.
vi.setConfig({ testTimeout: 300_000 });

const stranger = aDevice(200);

/** Three nodes, a server that keeps what devices share, and up to three devices of one owner. */
interface World {
  nowMs: number;
  readonly nodes: readonly GrowingLog[];
  shared: SharedAnswer;
  readonly kept: Map<number, KeptLog>;
}

const newWorld = (): World => ({
  nowMs: 1_900_000_000_000,
  nodes: [0, 1, 2].map(aGrowingLog),
  shared: { state: 'none' },
  kept: new Map(),
});

const at = (world: World, places: readonly number[]) =>
  places.map((place) => world.nodes[place % 3] as GrowingLog);

/** A node forgets what is a year old when it writes. */
function write(world: World, node: GrowingLog, device: string, operation: 'guess' | 'proof'): void {
  const outcome = operation === 'guess' ? 'done' : 'right';
  node.append({ timeMs: world.nowMs, device, operation, outcome });
  const firstKept = node.entries.findIndex(({ timeMs }) => timeMs >= world.nowMs - attemptLogKeptMs);
  node.entries.splice(0, firstKept);
}

/** A right PIN at two or three nodes, and the look that follows it. @returns what the device then knows */
function enter(world: World, device: number, away: number | null, put: Put): KeptLog {
  const thumbprint = aDevice(device);
  const answering = world.nodes.filter((_, place) => place !== away);
  for (const node of answering)
    for (const step of ['guess', 'proof'] as const) write(world, node, thumbprint, step);
  const before = world.kept.get(device) ?? null;
  const { shared } = world;
  const asked = { accountId: anAccountId, nodeSet: threeNodes, shared };
  const received = threeNodes.nodes.map((node, place) => {
    const { own, shared: other } = seenHeads(
      asked,
      node,
      before?.nodes.find(({ realmId }) => realmId === node.realmId),
    );
    const after = own === null ? 0 : Math.min(own.sequence, other?.sequence ?? own.sequence);
    return [node.realmId, place === away ? null : (world.nodes[place] as GrowingLog).after(after)] as const;
  });
  const look: Look = {
    ...asked,
    atMs: world.nowMs,
    signedNodeSet: threeNodesSigned,
    self: { thumbprint, name: `Device ${device}` },
    pinAuthKey: 'key',
    received: new Map(received),
  };
  const after = judgeLook(before, look);
  const heads = headsToShare(after, look);
  const hash = `hash of ${heads.revision} by ${device} at ${world.nowMs}`;
  if (put !== 'lost') world.shared = { state: 'opened', heads, hash, revision: heads.revision };
  const known = put === 'acknowledged' ? { ...after, revision: heads.revision, sharedHash: hash } : after;
  world.kept.set(device, known);
  return known;
}

type Put = 'acknowledged' | 'unacknowledged' | 'lost';
const put = fc.constantFrom<Put>('acknowledged', 'acknowledged', 'unacknowledged', 'lost');
const device = fc.constantFrom(1, 2, 3);
const away = fc.option(fc.constantFrom(0, 1, 2));
const step = fc.oneof(
  fc.record({ act: fc.constant('enter' as const), device, away, put }),
  fc.record({
    act: fc.constant('mistype' as const),
    device,
    places: fc.uniqueArray(fc.nat(2), { minLength: 1 }),
  }),
  fc.record({
    act: fc.constant('wait' as const),
    ms: fc.constantFrom(1, 30_000, 90_000, 3_600_000, 100 * 24 * 3_600_000, attemptLogKeptMs),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/**
 * Plays what an owner does. A device that mistypes has shown the right PIN before, and its first sharing arrived: else it may be taken
 * for a stranger until its next right PIN (ADR 34).
 */
function play(
  world: World,
  steps: readonly Step[],
  onLook: (known: KeptLog) => void = () => undefined,
): void {
  for (const each of steps) {
    world.nowMs += 1;
    if (each.act === 'wait') world.nowMs += each.ms;
    else if (each.act === 'enter') {
      const isFirst = !world.kept.has(each.device);
      const put = isFirst && each.put === 'lost' ? 'acknowledged' : each.put;
      onLook(enter(world, each.device, each.away, put));
    } else if (world.kept.has(each.device))
      for (const node of at(world, each.places)) write(world, node, aDevice(each.device), 'guess');
  }
}

/** Every device has read all nodes and what it shares has arrived. */
function allLook(world: World): void {
  for (const each of [1, 2, 3]) {
    world.nowMs += 120_000;
    enter(world, each, null, 'acknowledged');
  }
}

const steps = fc.array(step, { maxLength: 16 });

/** Within the year for which nodes keep entries, and before the device looks itself. */
const isSoonAfter = (who: number) => (each: Step) =>
  (each.act !== 'wait' || each.ms <= 3_600_000) && (each.act !== 'enter' || each.device !== who);

test('honest nodes and an honest server are never warned of, whatever is away, lost, mistyped or forgotten', () => {
  fc.assert(
    fc.property(steps, (happened) => {
      const world = newWorld();
      play(world, happened, ({ warnings, nodes }) => {
        expect(warnings.filter(({ kind }) => kind !== 'new-device')).toEqual([]);
        expect(nodes.filter(({ verdict }) => verdict !== null && verdict !== 'ok')).toEqual([]);
      });
    }),
    { numRuns: 60 },
  );
});

test('a history that lost entries a device had seen is named at that device’s next look, however much was added since', () => {
  fc.assert(
    fc.property(steps, device, fc.nat(2), fc.nat(20), steps, (before, who, place, lost, later) => {
      const world = newWorld();
      play(world, before);
      allLook(world);
      const node = world.nodes[place] as GrowingLog;
      node.entries.splice(Math.max(0, node.entries.length - 1 - lost));
      // Others who enter their PIN meanwhile cannot hide it.
      play(world, later.filter(isSoonAfter(who)).slice(0, 8));
      world.nowMs += 1;
      const { warnings } = enter(world, who, null, 'acknowledged');
      const named = warnings.filter(({ kind }) => kind === 'node-history');
      expect(named).toMatchObject([{ realmId: node.realmId, operator: `Operator ${place}` }]);
    }),
    { numRuns: 30 },
  );
});

test('a stranger’s try is told to every device that looks, with the nodes that tell of it', () => {
  fc.assert(
    fc.property(steps, fc.uniqueArray(fc.nat(2), { minLength: 1 }), (before, places) => {
      const world = newWorld();
      play(world, before);
      allLook(world);
      world.nowMs += 120_000;
      for (const node of at(world, places)) write(world, node, stranger, 'guess');
      for (const who of [1, 2, 3]) {
        world.nowMs += 1;
        const { warnings } = enter(world, who, null, 'acknowledged');
        const told = warnings.find((warning) => warning.kind === 'foreign-attempts');
        expect(told).toMatchObject({ tries: 1, devices: [stranger], rightPinFollowed: false });
        expect([...(told?.nodes ?? [])].sort()).toEqual(
          places.map((place) => threeNodes.nodes[place]?.realmId).sort(),
        );
      }
    }),
    { numRuns: 20 },
  );
});

test('one node alone makes no stranger the owner’s device; t nodes do, and that is told', () => {
  const world = newWorld();
  allLook(world);
  world.nowMs += 120_000;
  const [first, second] = world.nodes as [GrowingLog, GrowingLog];
  for (const operation of ['guess', 'proof'] as const) write(world, first, stranger, operation);
  const warned = enter(world, 1, null, 'acknowledged').warnings;
  expect(warned.find(({ kind }) => kind === 'foreign-attempts')).toMatchObject({
    tries: 1,
    rightPinFollowed: true,
  });
  const isNewDevice = (known: KeptLog) =>
    known.warnings.some((warning) => warning.kind === 'new-device' && warning.device === stranger);
  expect(isNewDevice(world.kept.get(1) as KeptLog)).toBe(false);
  world.nowMs += 1;
  for (const operation of ['guess', 'proof'] as const) write(world, second, stranger, operation);
  expect(isNewDevice(enter(world, 1, null, 'acknowledged'))).toBe(true);
});

test('a shared head that no node signed does not count', () => {
  const world = newWorld();
  allLook(world);
  const { shared } = world;
  if (shared.state !== 'opened') throw new Error('nothing was shared');
  const forged = shared.heads.nodes.map(({ realmId, head }) => ({
    realmId,
    head: { ...head, sequence: head.sequence + 5 },
  }));
  world.shared = { ...shared, heads: { ...shared.heads, nodes: forged } };
  world.nowMs += 1;
  expect(enter(world, 1, null, 'lost').warnings.filter(({ kind }) => kind === 'node-history')).toEqual([]);
});
