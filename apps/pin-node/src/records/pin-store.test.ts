import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aRegistration } from '../testing/a-registration.ts';
import { memoryStore } from './memory-store.ts';
import { emptyRecord, type PinRecord } from './pin-record.ts';
import type { PinStore } from './pin-store.ts';
import { sqliteStore } from './sqlite-store.ts';

const random = seededRandom('store');
const id = random(32);
const full: PinRecord = {
  committed: { registration: aRegistration(random), nodeSetHash: random(32), loginKey: random(32) },
  staged: { registration: aRegistration(random), nodeSetHash: null, loginKey: null },
  madeWithProof: true,
  throttle: {
    guesses: [{ atMs: 1_900_000_000_000, bucket: 'words', caller: 'key:a', request: 'r' }],
    locks: [
      { bucket: 'newDevice', caller: null, untilMs: 1_900_000_000_001 },
      { bucket: 'provenDevice', caller: 'key:a', untilMs: 2 },
    ],
    devices: [{ caller: 'key:a', lastRightAtMs: 3, wrongInARow: 29 }],
  },
  clockEra: 4,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each<[string, () => PinStore]>([
  ['memory', memoryStore],
  ['SQLite', () => sqliteStore(folder)],
])('the %s store', (_, open) => {
  let store: PinStore;
  beforeEach(() => {
    store = open();
  });
  afterEach(() => store.close());

  test('gives back every member of a record', async () => {
    expect(await store.read(id)).toBeNull();
    expect(await store.replace(id, 0, full)).toBe(true);
    expect(await store.read(id)).toEqual({ record: full, revision: 1 });
    expect(await store.replace(id, 1, emptyRecord(5))).toBe(true);
    expect(await store.read(id)).toEqual({ record: emptyRecord(5), revision: 2 });
  });

  test('writes only over the revision that was read', async () => {
    await store.replace(id, 0, full);
    expect(await store.replace(id, 0, emptyRecord(0))).toBe(false);
    expect(await store.replace(id, 2, emptyRecord(0))).toBe(false);
    expect(await store.replace(random(32), 1, emptyRecord(0))).toBe(false);
    expect(await store.read(id)).toEqual({ record: full, revision: 1 });
  });

  test('of many rivals exactly one wins each revision', async () => {
    for (let revision = 0; revision < 3; revision += 1) {
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, era) => store.replace(id, revision, emptyRecord(era))),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
    }
    expect((await store.read(id))?.revision).toBe(3);
  });

  test('keeps accounts apart', async () => {
    const other = random(32);
    await store.replace(id, 0, full);
    await store.replace(other, 0, emptyRecord(1));
    expect((await store.read(id))?.record).toEqual(full);
    expect((await store.read(other))?.record).toEqual(emptyRecord(1));
  });

  test('counts new-device guesses by tenant and window', async () => {
    expect(await store.countNewDeviceGuess('a', 100)).toBe(1);
    expect(await store.countNewDeviceGuess('a', 100)).toBe(2);
    expect(await store.countNewDeviceGuess('b', 100)).toBe(1);
    expect(await store.countNewDeviceGuess('a', 200)).toBe(1);
  });

  test('keeps the state of the clock', async () => {
    expect(await store.readClock()).toBeNull();
    const state = { highWaterMs: 1, era: 2, eraStartMs: 3, stopped: 'jumped' } as const;
    await store.writeClock(state);
    expect(await store.readClock()).toEqual(state);
  });
});

describe('the SQLite file', () => {
  test('holds what was resolved after it is opened again', async () => {
    const store = sqliteStore(folder);
    await store.replace(id, 0, full);
    await store.countNewDeviceGuess('a', 100);
    await store.close();
    const again = sqliteStore(folder);
    expect(await again.read(id)).toEqual({ record: full, revision: 1 });
    expect(await again.countNewDeviceGuess('a', 100)).toBe(2);
    await again.close();
  });

  test('another process sees a resolved write at once: it was committed, not only queued', async () => {
    const store = sqliteStore(folder);
    await store.replace(id, 0, full);
    const other = sqliteStore(folder);
    expect((await other.read(id))?.revision).toBe(1);
    await other.close();
    await store.close();
  });

  test('writes that wait when the store closes are written', async () => {
    const store = sqliteStore(folder);
    const written = store.replace(id, 0, full);
    await store.close();
    expect(await written).toBe(true);
    const again = sqliteStore(folder);
    expect((await again.read(id))?.revision).toBe(1);
    await again.close();
  });
});
