import { describe, expect, test } from 'vitest';
import {
  aDevice,
  aNodeLog,
  anAccountId,
  theOperatorKey,
  threeNodes,
  threeNodesSigned,
} from '../testing/a-node-log.ts';
import { auditPinHistory } from './audit-pin-history.ts';
import { type HistoryFile, historyFormat } from './history-json.ts';

const nowMs = 1_900_000_000_000;
const [own, thief] = [aDevice(1), aDevice(2)];
const happened = [
  { timeMs: nowMs, device: own, operation: 'guess', outcome: 'done' },
  { timeMs: nowMs + 1, device: own, operation: 'proof', outcome: 'right' },
  { timeMs: nowMs + 900_000, device: thief, operation: 'guess', outcome: 'done' },
] as const;

const fileOf = (nodes: readonly Partial<HistoryFile['nodes'][number]>[]): HistoryFile => ({
  format: historyFormat,
  exportedAtMs: nowMs + 1_000_000,
  accountId: anAccountId,
  nodeSet: threeNodesSigned,
  devices: [{ thumbprint: own, name: 'Laptop', sinceMs: nowMs }],
  nodes: nodes.map((node) => ({ realmId: '', head: null, entries: [], conflicts: [], ...node })),
});
const honest = () => fileOf([0, 1].map((place) => aNodeLog(place, happened)));
const audit = (file: unknown) => auditPinHistory(JSON.stringify(file), theOperatorKey);

test('an honest file is sound, and tells what happened and which nodes agree', () => {
  const audited = audit(honest());
  expect(audited.isSound).toBe(true);
  expect(audited.nodes.map(({ verdict, entries }) => [verdict, entries])).toEqual([
    ['ok', 3],
    ['ok', 3],
    ['absent', 0],
  ]);
  expect(audited.events).toMatchObject([
    { kind: 'wrong', device: thief, atMs: nowMs + 900_000 },
    { kind: 'right', device: own, atMs: nowMs },
  ]);
  expect(audited.events.map(({ nodes }) => nodes.length)).toEqual([2, 2]);
});

describe('a file does not verify', () => {
  test('when an entry was changed, left out or taken from the end', () => {
    const { nodes } = honest();
    const entries = nodes[0]?.entries ?? [];
    const forgeries = [
      entries.map((entry) => ({ ...entry, device: entry.device === thief ? own : entry.device })),
      entries.filter(({ sequence }) => sequence !== 2),
      entries.slice(0, -1),
    ];
    for (const forged of forgeries) {
      const audited = audit(fileOf([{ ...nodes[0], entries: forged }, nodes[1] ?? {}]));
      expect(audited.nodes[0]?.verdict).toBe('broken');
      expect(audited.isSound).toBe(false);
      expect(audited.events.every((event) => event.nodes.length === 1)).toBe(true);
    }
  });

  test('when it is said to be of another account', () => {
    const audited = audit({ ...honest(), accountId: '7f1c2b9e-5d0a-4c3b-9a57-0d1f6a3c8e21' });
    expect(audited.nodes.map(({ verdict }) => verdict)).toEqual(['broken', 'broken', 'absent']);
  });

  test('when another operator signed its node set', () => {
    expect(() => auditPinHistory(JSON.stringify(honest()), new Uint8Array(32).fill(3))).toThrow(
      expect.objectContaining({ name: 'NodeSetMismatch' }),
    );
  });

  test('when it is something else, or not written canonically', () => {
    const [node] = honest().nodes;
    const loose = { ...node?.head, hash: `${node?.head?.hash.slice(0, -1)}_` };
    for (const file of ['', '{}', '[', JSON.stringify({ ...honest(), extra: 1 })])
      expect(() => auditPinHistory(file, theOperatorKey)).toThrow(
        expect.objectContaining({ name: 'InvalidField' }),
      );
    expect(() => audit(fileOf([{ ...node, head: loose as never }]))).toThrow(
      expect.objectContaining({ name: 'InvalidField' }),
    );
  });
});

describe('heads kept as evidence', () => {
  const told = aNodeLog(0, happened.slice(0, 2));
  const seenOf = (log: ReturnType<typeof aNodeLog>) => ({ ...log.head, seenAtMs: nowMs });

  test('convict a node that signed two histories of one length', () => {
    const other = aNodeLog(0, [...happened.slice(0, 1), { ...happened[2], timeMs: nowMs + 5 }]);
    const [node] = audit(fileOf([{ ...told, conflicts: [{ seen: seenOf(other), told: told.head }] }])).nodes;
    expect(node?.conflicts).toEqual([{ convicting: true, sequences: [2, 2] }]);
  });

  test('convict a node whose longer history does not lead through what it signed before', () => {
    const other = aNodeLog(0, [happened[2], ...happened.slice(0, 1)]);
    const grown = aNodeLog(0, happened);
    const [node] = audit(
      fileOf([{ ...grown, conflicts: [{ seen: seenOf(other), told: grown.head }] }]),
    ).nodes;
    expect(node).toMatchObject({ verdict: 'ok', conflicts: [{ convicting: true, sequences: [2, 3] }] });
  });

  test('show a shrunk history, and prove nothing when the node did not sign them', () => {
    const longer = aNodeLog(0, happened);
    const shrunk = audit(fileOf([{ ...told, conflicts: [{ seen: seenOf(longer), told: told.head }] }]));
    expect(shrunk.nodes[0]?.conflicts).toEqual([{ convicting: false, sequences: [3, 2] }]);
    expect(shrunk.isSound).toBe(false);
    const strangers = seenOf(aNodeLog(1, happened));
    const invented = audit(fileOf([{ ...told, conflicts: [{ seen: strangers, told: told.head }] }]));
    expect(invented.isSound).toBe(true);
  });
});

test('the set that the tests sign is the one that is audited', () => {
  expect(audit(honest())).toMatchObject({ nodeSetId: threeNodes.id, threshold: threeNodes.threshold });
});
