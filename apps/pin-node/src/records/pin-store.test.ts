import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AttemptEntry, Secret } from '@hexkey/protocol';
import { postgresOfTests, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogChange } from '../attempt-log/log-state.ts';
import type { ClockState } from '../clock/clock-state.ts';
import { StartRefusal } from '../start-refusal.ts';
import { aRegistration } from '../testing/a-registration.ts';
import { embeddedPostgres, type PostgresPlace, serverPostgres } from '../testing/postgres.ts';
import type { HeldShare } from '../wallet/wallet-state.ts';
import { memoryStore } from './memory-store.ts';
import { openStore } from './open-store.ts';
import { emptyRecord, type PinRecord } from './pin-record.ts';
import type { PinStore } from './pin-store.ts';
import { postgresStore } from './postgres-store.ts';
import { decodeRecord, encodeRecord } from './record-codec.ts';
import { refuseUndurable } from './refuse-undurable.ts';
import { sqliteStore } from './sqlite-store.ts';

const random = seededRandom('store');
const id = random(32);
const realmId = '11'.repeat(16);
const aShare = (): HeldShare => ({
  ceremony: random(16),
  package: {
    epoch: 1,
    nodeSetHash: random(32),
    min: 2,
    max: 3,
    commitments: [random(32), random(32)],
    verifyingShares: [random(32), random(32), random(32)],
  },
  key: { identifier: 2, share: new Secret(random(32)) },
  founder: random(32),
});
const full: PinRecord = {
  committed: {
    registration: aRegistration(random),
    nodeSetHash: random(32),
    loginKey: random(32),
    pinAuthKey: random(32),
  },
  staged: { registration: aRegistration(random), nodeSetHash: null, loginKey: null, pinAuthKey: null },
  stagedOnWord: true,
  committedAtMs: 8,
  madeWithProof: true,
  throttle: {
    guesses: [{ atMs: 1_900_000_000_000, bucket: 'words', caller: 'key:a', request: 'r' }],
    locks: [
      { bucket: 'newDevice', caller: null, untilMs: 1_900_000_000_001 },
      { bucket: 'provenDevice', caller: 'key:a', untilMs: 2 },
    ],
    devices: [{ caller: 'key:a', lastRightAtMs: 3, enrolledAtMs: 2, wrongInARow: 29 }],
  },
  rightPinMark: random(8),
  wallet: {
    committed: { ...aShare(), pinAuthKey: random(32), sealedShares: random(200) },
    staged: [aShare(), { ...aShare(), founder: null }],
    approved: [random(32)],
    payKeys: [{ device: random(32), key: random(32), windowMs: 900_000 }],
    exporting: { device: random(32), begunAtMs: 1_900_000_000_002 },
    spending: {
      limits: {
        limits: { lamports: 1n, mints: [{ mint: random(32), amount: 2n ** 64n - 1n }], otherMints: 0n },
        pending: { limits: { lamports: 7n, mints: [], otherMints: 3n }, fromMs: 1_900_000_000_000 },
      },
      intents: [
        {
          intent: random(16),
          messageHash: random(32),
          boundAtMs: 5,
          attempt: 2,
          isConsumed: true,
          lamports: 9n,
          token: { mint: random(32), amount: 8n },
          spentAtMs: 6,
        },
        {
          intent: random(16),
          messageHash: random(32),
          boundAtMs: 7,
          attempt: 1,
          isConsumed: false,
          lamports: 1n,
          token: null,
          spentAtMs: null,
        },
      ],
      fullUntilMs: 11,
    },
  },
  clockEra: 4,
  log: {
    head: { sequence: 7, hash: random(32) },
    refusals: [{ kind: 'guess/refused/words/', atMs: 5 }],
    prunedAtMs: 6,
  },
  arrivals: [
    {
      from: random(32),
      left: random(16),
      order: random(64),
      receiptAtMs: 9,
      held: {
        registration: aRegistration(random),
        nodeSetHash: random(32),
        loginKey: null,
        pinAuthKey: random(32),
      },
      share: { ...aShare(), left: random(32), sealedShares: random(200), receiptAtMs: 9 },
    },
  ],
  origin: {
    from: random(32),
    left: random(16),
    arrived: random(16),
    order: random(64),
    wallet: { left: random(32), arrived: random(32) },
  },
  eraseWithdrawnBelow: 1_893_456_000_001,
  departure: { to: random(32), left: random(16), atMs: 10, carried: random(40) },
};
const noLog: LogChange = { entries: [], forgetBeforeMs: null };
/** Entries from `first` on, one for each time. */
const entriesAt = (first: number, ...timesMs: number[]): AttemptEntry[] =>
  timesMs.map((timeMs, index) => ({
    sequence: first + index,
    timeMs,
    bucket: 'newDevice',
    device: new Uint8Array(32).fill(first + index),
    operation: 'guess',
    outcome: 'done',
    previousHash: new Uint8Array(32).fill(first),
  }));
const everything = { after: 0, through: 100, limit: 100 };

/** A place for one test's store, which can be opened more than once. */
interface Place {
  open(): Promise<PinStore>;
  end(): Promise<void>;
}

function memoryPlace(): Place {
  return { open: async () => memoryStore(), end: async () => {} };
}

function sqlitePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'hexkey-store-'));
  return { open: async () => sqliteStore(folder), end: async () => rmSync(folder, { recursive: true }) };
}

async function postgresPlace(make: () => Promise<PostgresPlace>): Promise<Place> {
  const { connect, drop } = await make();
  return { open: () => postgresStore(connect(), realmId), end: drop };
}

const places: [string, () => Place | Promise<Place>][] = [
  ['memory', memoryPlace],
  ['SQLite', sqlitePlace],
  ['embedded PostgreSQL', () => postgresPlace(embeddedPostgres)],
];
const server = postgresOfTests();
if (server !== null) places.push(['PostgreSQL', () => postgresPlace(() => serverPostgres(server))]);
const durable = places.slice(1);

describe.each(places)('the %s store', (_, makePlace) => {
  let place: Place;
  let store: PinStore;
  beforeEach(async () => {
    place = await makePlace();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.end();
  });

  test('gives back every member of a record', async () => {
    expect(await store.read(id)).toBeNull();
    expect(await store.replace(id, 0, full, noLog)).toBe(true);
    expect(await store.read(id)).toEqual({ record: full, revision: 1 });
    expect(await store.replace(id, 1, emptyRecord(5), noLog)).toBe(true);
    expect(await store.read(id)).toEqual({ record: emptyRecord(5), revision: 2 });
  });

  test('writes only over the revision that was read', async () => {
    await store.replace(id, 0, full, noLog);
    expect(await store.replace(id, 0, emptyRecord(0), noLog)).toBe(false);
    expect(await store.replace(id, 2, emptyRecord(0), noLog)).toBe(false);
    expect(await store.replace(random(32), 1, emptyRecord(0), noLog)).toBe(false);
    expect(await store.read(id)).toEqual({ record: full, revision: 1 });
  });

  test('of many rivals exactly one wins each revision', async () => {
    for (let revision = 0; revision < 3; revision += 1) {
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, era) => store.replace(id, revision, emptyRecord(era), noLog)),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
    }
    expect((await store.read(id))?.revision).toBe(3);
  });

  test('keeps accounts apart', async () => {
    const other = random(32);
    await store.replace(id, 0, full, noLog);
    await store.replace(other, 0, emptyRecord(1), noLog);
    expect((await store.read(id))?.record).toEqual(full);
    expect((await store.read(other))?.record).toEqual(emptyRecord(1));
  });

  test('keeps the log of each account with its record, and reads it in pages', async () => {
    const other = random(32);
    await store.replace(id, 0, full, { entries: entriesAt(1, 10, 20), forgetBeforeMs: null });
    await store.replace(id, 1, full, { entries: entriesAt(3, 30), forgetBeforeMs: null });
    await store.replace(other, 0, full, { entries: entriesAt(1, 99), forgetBeforeMs: null });
    const all = [...entriesAt(1, 10, 20), ...entriesAt(3, 30)];
    expect(await store.readEntries(id, everything)).toEqual(all);
    expect(await store.readEntries(id, { after: 1, through: 100, limit: 1 })).toEqual([all[1]]);
    expect(await store.readEntries(id, { after: 0, through: 2, limit: 9 })).toEqual(all.slice(0, 2));
    expect(await store.readEntries(other, everything)).toEqual(entriesAt(1, 99));
    expect(await store.readEntries(random(32), everything)).toEqual([]);
  });

  test('writes no entry of a change that lost its race', async () => {
    await store.replace(id, 0, full, { entries: entriesAt(1, 10), forgetBeforeMs: null });
    expect(await store.replace(id, 0, full, { entries: entriesAt(2, 20), forgetBeforeMs: 15 })).toBe(false);
    expect(await store.replace(id, 2, full, { entries: entriesAt(2, 20), forgetBeforeMs: 15 })).toBe(false);
    expect(await store.readEntries(id, everything)).toEqual(entriesAt(1, 10));
  });

  test('forgets old entries from the front only, so that what stays is one chain', async () => {
    await store.replace(id, 0, full, { entries: entriesAt(1, 10, 30, 20, 40), forgetBeforeMs: null });
    await store.replace(id, 1, full, { entries: entriesAt(5, 50), forgetBeforeMs: 25 });
    const kept = await store.readEntries(id, everything);
    expect(kept.map(({ timeMs }) => timeMs)).toEqual([30, 20, 40, 50]);
  });

  test('counts new-device guesses by tenant and window', async () => {
    expect(await store.countNewDeviceGuess('a', 100)).toBe(1);
    expect(await store.countNewDeviceGuess('a', 100)).toBe(2);
    expect(await store.countNewDeviceGuess('b', 100)).toBe(1);
    expect(await store.countNewDeviceGuess('a', 200)).toBe(1);
  });

  test('keeps the state of the clock', async () => {
    expect(await store.readClock()).toBeNull();
    const state: ClockState = {
      ...{ highWaterMs: 1, era: 2, eraStartMs: 3, stopped: 'jumped', ticks: 4 },
      restored: { era: 1, atMs: 5 },
    };
    expect(await store.writeClock(state, 0)).toBe(true);
    expect(await store.readClock()).toEqual(state);
  });

  test('writes the state of the clock only over the one that was read', async () => {
    const state: ClockState = {
      ...{ highWaterMs: 1, era: 0, eraStartMs: 0, stopped: null, ticks: 1 },
      restored: null,
    };
    const won = await Promise.all([1, 2, 3].map((era) => store.writeClock({ ...state, era }, 0)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const [era = 0] = [1, 2, 3].filter((_, index) => won[index]);
    expect(await store.writeClock({ ...state, ticks: 2 }, 7)).toBe(false);
    expect(await store.readClock()).toEqual({ ...state, era });
    expect(await store.writeClock({ ...state, ticks: 2 }, 1)).toBe(true);
  });

  test('takes the state of the first release, which counted no ticks, for one of none', async () => {
    const first = { highWaterMs: 1, era: 0, eraStartMs: 0, stopped: null } as ClockState;
    await store.writeClock(first, 0);
    expect(await store.writeClock({ ...first, ticks: 1, restored: null }, 0)).toBe(true);
  });
});

describe.each(durable)('%s', (_, makePlace) => {
  let place: Place;
  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(() => place.end());

  test('holds what was resolved after it is opened again', async () => {
    const store = await place.open();
    await store.replace(id, 0, full, { entries: entriesAt(1, 10), forgetBeforeMs: null });
    await store.countNewDeviceGuess('a', 100);
    const clock = { highWaterMs: 1, era: 2, eraStartMs: 3, stopped: null, ticks: 4, restored: null };
    await store.writeClock(clock, 0);
    await store.close();
    const again = await place.open();
    expect(await again.read(id)).toEqual({ record: full, revision: 1 });
    expect(await again.readEntries(id, everything)).toEqual(entriesAt(1, 10));
    expect(await again.countNewDeviceGuess('a', 100)).toBe(2);
    expect(await again.readClock()).toMatchObject({ era: 2 });
    await again.close();
  });

  test('another connection sees a resolved write at once: it was committed, not only queued', async () => {
    const store = await place.open();
    await store.replace(id, 0, full, noLog);
    const other = await place.open();
    expect((await other.read(id))?.revision).toBe(1);
    await other.close();
    await store.close();
  });

  test('of rivals over two connections exactly one wins, and only its entries are kept', async () => {
    const stores = [await place.open(), await place.open()];
    for (let revision = 0; revision < 3; revision += 1) {
      const won = await Promise.all(
        Array.from({ length: 16 }, (_unused, rival) =>
          (stores[rival % 2] as PinStore).replace(id, revision, emptyRecord(rival), {
            entries: entriesAt(revision + 1, rival),
            forgetBeforeMs: null,
          }),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
    }
    expect(await stores[0]?.readEntries(id, everything)).toHaveLength(3);
    for (const store of stores) await store.close();
  });
});

test('writes that wait when the SQLite store closes are written', async () => {
  const place = sqlitePlace();
  const store = await place.open();
  const written = store.replace(id, 0, full, noLog);
  await store.close();
  expect(await written).toBe(true);
  const again = await place.open();
  expect((await again.read(id))?.revision).toBe(1);
  await again.close();
  await place.end();
});

describe('a PostgreSQL', () => {
  test('that several processes of the node open at once, while it is empty, serves them all', async () => {
    const { connect, drop } = await (server === null ? embeddedPostgres() : serverPostgres(server));
    const connections = [connect(), connect(), connect(), connect()];
    await Promise.all(connections.map(({ query }) => query('select 1')));
    const stores = await Promise.all(connections.map((connection) => postgresStore(connection, realmId)));
    expect(await stores[0]?.replace(id, 0, full, noLog)).toBe(true);
    for (const store of stores) {
      expect((await store.read(id))?.revision).toBe(1);
      await store.close();
    }
    await drop();
  });

  test('that serves another node already is refused: one budget may not be spent by two', async () => {
    const { connect, drop } = await embeddedPostgres();
    await postgresStore(connect(), realmId);
    await expect(postgresStore(connect(), '22'.repeat(16))).rejects.toThrow(StartRefusal);
    await drop();
  });

  test.each(['fsync', 'synchronous_commit'])('that runs with %s = off is refused', async (off) => {
    const asked = (text: string) => text.slice('show '.length);
    const query = async (text: string) => ({ rows: [{ [asked(text)]: asked(text) === off ? 'off' : 'on' }] });
    await expect(refuseUndurable({ query, close: async () => {} })).rejects.toThrow(`${off} = off`);
  });

  test('that does not answer is told in one line', async () => {
    const databaseUrl = new Secret('postgresql://node:canary@127.0.0.1:1/pins');
    const opened = openStore({ dataDirectory: '', realmId, databaseUrl }, () => undefined);
    await expect(opened).rejects.toThrow('PostgreSQL at DATABASE_URL does not serve (ECONNREFUSED)');
  });

  test('that keeps nothing safe is refused, one that does is taken', async () => {
    const { connect, drop } = await embeddedPostgres();
    await expect(refuseUndurable(connect())).rejects.toThrow(StartRefusal);
    await drop();
    const query = async (text: string) => ({ rows: [{ [text.slice('show '.length)]: 'on' }] });
    await expect(refuseUndurable({ query, close: async () => {} })).resolves.toBeUndefined();
  });
});

test('the bytes of a row say all of a record, its wallet and the share in it too', () => {
  const read = decodeRecord(encodeRecord(full));
  expect(read).toEqual(full);
  // A secret has nothing that the comparison above could see.
  const shares = ({ wallet }: PinRecord) =>
    [wallet.committed, ...wallet.staged].map((held) => held?.key.share.reveal());
  expect(shares(read)).toEqual(shares(full));
  expect(decodeRecord(encodeRecord(emptyRecord(1))).wallet).toBe(emptyRecord(1).wallet);
});
