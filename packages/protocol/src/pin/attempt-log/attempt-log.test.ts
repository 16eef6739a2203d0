import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyPairOfSeed } from '../../account/ed25519.ts';
import { Secret } from '../../encoding/secret.ts';
import { toHex } from '../../encoding/text.ts';
import { bucketNames } from '../node-set.ts';
import { appendEntry } from './append-entry.ts';
import {
  type AttemptEntry,
  type AttemptEvent,
  attemptLogKeptMs,
  attemptOperations,
  attemptOutcomes,
  firstLogHead,
  hashAttemptEntry,
  type LogHead,
  type LogOwner,
} from './attempt-entry.ts';
import { signLogHead } from './sign-head.ts';
import { verifyEntries } from './verify-entries.ts';

const nowMs = 1_900_000_000_000;
const logKeys = keyPairOfSeed(new Secret(new Uint8Array(32).fill(7)));
const owner: LogOwner = {
  realmId: new Uint8Array(16).fill(1),
  user: { tenant: 'hexkey', userId: 'alice' },
};
const node = { ...owner, logKey: logKeys.publicKey };

const event: fc.Arbitrary<AttemptEvent> = fc.record({
  timeMs: fc.maxSafeNat(),
  bucket: fc.option(fc.constantFrom(...bucketNames)),
  device: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
  operation: fc.constantFrom(...attemptOperations),
  outcome: fc.constantFrom(...attemptOutcomes),
});
const events = (minLength: number) => fc.array(event, { minLength, maxLength: 12 });

interface Log {
  readonly entries: readonly AttemptEntry[];
  /** The head after 0, 1, 2 … entries. */
  readonly heads: readonly LogHead[];
}

function logOf(happened: readonly AttemptEvent[], from: Log = { entries: [], heads: [firstLogHead(owner)] }) {
  return happened.reduce<Log>(({ entries, heads }, one) => {
    const appended = appendEntry(heads.at(-1) as LogHead, one);
    return { entries: [...entries, appended.entry], heads: [...heads, appended.head] };
  }, from);
}

const seenAt = (log: Log, length: number, seenAtMs = nowMs) => ({
  ...(log.heads[length] as LogHead),
  seenAtMs,
});
const answered = (log: Log, after: number, of = owner) => ({
  entries: log.entries.slice(after),
  head: signLogHead(of, log.heads.at(-1) as LogHead, logKeys),
});

describe('an honest node', () => {
  test('is believed whatever was seen before, and when nothing was', () => {
    fc.assert(
      fc.property(events(0), fc.nat(12), (happened, length) => {
        const log = logOf(happened);
        const after = Math.min(length, happened.length);
        const ok = { verdict: 'ok', oldestSequence: null };
        expect(verifyEntries(node, seenAt(log, after), answered(log, after), nowMs)).toEqual(ok);
        expect(verifyEntries(node, null, answered(log, 0), nowMs)).toEqual(ok);
      }),
    );
  });

  test('may have forgotten what is a year old, and nothing that is younger than the last look', () => {
    fc.assert(
      fc.property(events(3), fc.nat(), (happened, choice) => {
        const log = logOf(happened);
        const forgotten = 2 + (choice % (happened.length - 2));
        const kept = answered(log, forgotten);
        const ok = { verdict: 'ok', oldestSequence: forgotten + 1 };
        expect(verifyEntries(node, null, kept, nowMs)).toEqual(ok);
        expect(verifyEntries(node, seenAt(log, 1, nowMs - attemptLogKeptMs), kept, nowMs)).toEqual(ok);
        expect(verifyEntries(node, seenAt(log, 1, nowMs - attemptLogKeptMs + 1), kept, nowMs)).toEqual({
          verdict: 'broken',
          fault: 'missing',
        });
      }),
    );
  });
});

describe('a node that lies is found out', () => {
  test('when it changes any member of any entry', () => {
    const changes: ((entry: AttemptEntry) => AttemptEntry)[] = [
      (entry) => ({ ...entry, timeMs: entry.timeMs === 0 ? 1 : 0 }),
      (entry) => ({ ...entry, bucket: entry.bucket === 'words' ? 'newDevice' : 'words' }),
      (entry) => ({ ...entry, device: entry.device === null ? new Uint8Array(32) : null }),
      (entry) => ({ ...entry, operation: entry.operation === 'guess' ? 'proof' : 'guess' }),
      (entry) => ({ ...entry, outcome: entry.outcome === 'right' ? 'wrong' : 'right' }),
      (entry) => ({ ...entry, sequence: entry.sequence + 1 }),
      (entry) => ({ ...entry, previousHash: new Uint8Array(32) }),
    ];
    fc.assert(
      fc.property(events(1), fc.nat(), fc.constantFrom(...changes), (happened, choice, change) => {
        const log = logOf(happened);
        const place = choice % happened.length;
        const { entries, head } = answered(log, 0);
        const changed = entries.map((entry, index) => (index === place ? change(entry) : entry));
        expect(verifyEntries(node, seenAt(log, 0), { entries: changed, head }, nowMs).verdict).toBe('broken');
      }),
    );
  });

  test('when it leaves an entry out, or out of the end', () => {
    fc.assert(
      fc.property(events(1), fc.nat(), (happened, choice) => {
        const log = logOf(happened);
        const { entries, head } = answered(log, 0);
        const without = entries.filter((_, index) => index !== choice % happened.length);
        expect(verifyEntries(node, seenAt(log, 0), { entries: without, head }, nowMs).verdict).toBe('broken');
      }),
    );
  });

  test('when it runs on an older copy of its database', () => {
    fc.assert(
      fc.property(events(1), fc.nat(), (happened, choice) => {
        const log = logOf(happened);
        const length = choice % happened.length;
        const restored = logOf(happened.slice(0, length));
        expect(verifyEntries(node, seenAt(log, happened.length), answered(restored, length), nowMs)).toEqual({
          verdict: 'shrank',
          fromSequence: happened.length,
          toSequence: length,
        });
      }),
    );
  });

  test('when the older copy has grown as long as the history before, or longer', () => {
    fc.assert(
      fc.property(events(1), fc.nat(), events(0), (happened, choice, later) => {
        const log = logOf(happened);
        const length = choice % happened.length;
        const other = happened.slice(length).map((one) => ({ ...one, timeMs: one.timeMs === 0 ? 1 : 0 }));
        const grown = logOf([...happened.slice(0, length), ...other, ...later]);
        const verdict = verifyEntries(
          node,
          seenAt(log, happened.length),
          answered(grown, happened.length),
          nowMs,
        );
        expect(verdict).toEqual({ verdict: 'forked' });
      }),
    );
  });

  test('when the head is signed by another key, for another account, by another node, or for another place', () => {
    const log = logOf([{ timeMs: 1, bucket: 'words', device: null, operation: 'guess', outcome: 'done' }]);
    const honest = answered(log, 0);
    const stranger = keyPairOfSeed(new Secret(new Uint8Array(32).fill(8)));
    const broken = { verdict: 'broken', fault: 'signature' };
    for (const head of [
      signLogHead(owner, honest.head, stranger),
      signLogHead({ ...owner, user: { tenant: 'hexkey', userId: 'bob' } }, honest.head, logKeys),
      signLogHead({ ...owner, realmId: new Uint8Array(16) }, honest.head, logKeys),
      { ...honest.head, sequence: 2 },
    ])
      expect(verifyEntries(node, null, { ...honest, head }, nowMs)).toEqual(broken);
  });

  test('when it shows the log of another account as the beginning of this one', () => {
    const bob = { ...owner, user: { tenant: 'hexkey', userId: 'bob' } };
    const theirs = logOf([{ timeMs: 1, bucket: null, device: null, operation: 'clock', outcome: 'done' }], {
      entries: [],
      heads: [firstLogHead(bob)],
    });
    expect(verifyEntries(node, null, answered(theirs, 0), nowMs)).toEqual({ verdict: 'forked' });
  });
});

test('the form that is hashed never changes: nodes keep hashes for a year', () => {
  const { entry } = appendEntry(firstLogHead(owner), {
    timeMs: nowMs,
    bucket: 'newDevice',
    device: new Uint8Array(32).fill(3),
    operation: 'guess',
    outcome: 'done',
  });
  expect(toHex(hashAttemptEntry(entry))).toMatchInlineSnapshot(
    `"d4fd8b771d5430b628c020fa55a185dcfb84db5200d5dad2eccfe714416d3a59"`,
  );
});
