import { fixedClock } from '@hexkey/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryStore } from '../records/memory-store.ts';
import type { PinStore } from '../records/pin-store.ts';
import type { ClockState } from './clock-state.ts';
import { confirmClock } from './confirm-clock.ts';
import { type GuardedClock, guardClock } from './guarded-clock.ts';
import { noWitness, type RestoreWitness } from './restore-witness.ts';

const minuteMs = 60_000;
let wall: ReturnType<typeof fixedClock>;
let monotonic: ReturnType<typeof fixedClock>;
let store: PinStore;
let told: string[];

beforeEach(() => {
  wall = fixedClock('2030-01-01');
  monotonic = fixedClock(0);
  store = memoryStore();
  told = [];
});
const start = (witness: RestoreWitness = noWitness) =>
  guardClock({
    clock: wall,
    monotonic,
    store,
    witness,
    onStopped: (reason) => told.push(reason),
    onRestored: () => told.push('restored'),
  });
/** What a restore does to the store. */
const putBack = async (copy: ClockState | null) => {
  if (copy === null) throw new Error('there is no copy');
  await store.writeClock(copy, (await store.readClock())?.ticks ?? 0);
};
/** Time passes, for both clocks. */
const pass = (milliseconds: number) => {
  wall.advance(milliseconds);
  monotonic.advance(milliseconds);
};

test('time that passes is trusted, however long', async () => {
  const clock = await start();
  pass(400 * 24 * 60 * minuteMs);
  expect(await clock.now()).toMatchObject({ nowMs: wall.now(), era: 0 });
});

test.each([5 * minuteMs, -5 * minuteMs])('a clock set by %d ms stops PIN service', async (jumpMs) => {
  const clock = await start();
  wall.advance(jumpMs);
  await expect(clock.now()).rejects.toMatchObject({ status: 503, retryAfterMs: minuteMs });
  expect(await clock.stopped()).toBe('jumped');
  expect(told).toEqual(['jumped']);
});

test('a change just below five minutes is trusted; several of them together are not', async () => {
  const clock = await start();
  wall.advance(5 * minuteMs - 1);
  expect(await clock.stopped()).toBeNull();
  wall.advance(5 * minuteMs - 1);
  expect(await clock.stopped()).toBe('jumped');
});

test('setting the clock right again does not start the service: only the operator does', async () => {
  const clock = await start();
  wall.advance(10 * minuteMs);
  await expect(clock.now()).rejects.toThrow();
  wall.advance(-10 * minuteMs);
  await expect(clock.now()).rejects.toThrow();
});

test('a stop survives a restart', async () => {
  const clock = await start();
  wall.advance(10 * minuteMs);
  await expect(clock.now()).rejects.toThrow();
  expect(await (await start()).stopped()).toBe('jumped');
});

test('a node that starts five minutes behind its last run does not serve', async () => {
  const clock = await start();
  pass(60 * minuteMs);
  await clock.now();
  wall.advance(-5 * minuteMs);
  expect(await (await start()).stopped()).toBe('behind');
});

test('a node that was down for a month serves', async () => {
  await start();
  wall.advance(30 * 24 * 60 * minuteMs);
  expect(await (await start()).stopped()).toBeNull();
});

test('the operator confirms: the running node serves again, in a new era that starts now', async () => {
  const clock = await start();
  wall.advance(-10 * minuteMs);
  await expect(clock.now()).rejects.toThrow();
  expect(await confirmClock(store, wall)).toBe(true);
  expect(await clock.now()).toEqual({
    nowMs: wall.now(),
    era: 1,
    eraStartMs: wall.now(),
    restored: null,
  });
});

describe('two processes of one node over one database', () => {
  /** A file of the data directory, each process with its own. */
  const aWitness = (): RestoreWitness => {
    let seen: number | null = null;
    const write = (ticks: number) => {
      seen = ticks;
    };
    return { read: () => seen, write };
  };

  test('take each other for no restore, however they take turns and start again', async () => {
    const witnesses = [aWitness(), aWitness()];
    const clocks: GuardedClock[] = [];
    for (const witness of witnesses) {
      witness.write((await store.readClock())?.ticks ?? 0);
      clocks.push(await start(witness));
    }
    for (const turn of [0, 1, 1, 0, 0, 0, 0, 1]) {
      pass(2 * minuteMs);
      expect(await clocks[turn]?.now()).toMatchObject({ era: 0, restored: null });
    }
    for (const witness of witnesses) {
      expect(witness.read()).toBeLessThanOrEqual((await store.readClock())?.ticks ?? 0);
      expect(await (await start(witness)).now()).toMatchObject({ era: 0, restored: null });
    }
    expect(told).toEqual([]);
  });

  test('the other one hears at its next write that the clock was stopped, and serves no longer', async () => {
    const one = await start();
    const other = await start();
    wall.advance(-10 * minuteMs);
    await expect(one.now()).rejects.toThrow();
    wall.advance(10 * minuteMs);
    pass(2 * minuteMs);
    await expect(other.now()).rejects.toMatchObject({ status: 503 });
    expect(await confirmClock(store, wall)).toBe(true);
    expect([(await one.now()).era, (await other.now()).era]).toEqual([1, 1]);
  });

  test('one restore is one era, whichever starts first', async () => {
    const one = await start();
    const copy = await store.readClock();
    pass(2 * minuteMs);
    await one.now();
    await putBack(copy);
    const ahead = { read: () => 9, write() {} };
    const [first, second] = await Promise.all([start(ahead), start(ahead)]);
    const eras = [(await first.now()).era, (await second.now()).era];
    pass(2 * minuteMs);
    expect([(await first.now()).era, (await second.now()).era, ...eras]).toEqual([1, 1, 1, 1]);
  });
});

test('an older copy that is put under a running node is noticed at its next write', async () => {
  const clock = await start();
  const copy = await store.readClock();
  pass(2 * minuteMs);
  await clock.now();
  await putBack(copy);
  pass(2 * minuteMs);
  expect(await clock.now()).toMatchObject({ era: 1, restored: { era: 1, atMs: wall.now() } });
  expect((await store.readClock())?.restored).toEqual({ era: 1, atMs: wall.now() });
  expect(told).toEqual(['restored']);
});

test('requests that come at once write the time once', async () => {
  const clock = await start();
  pass(2 * minuteMs);
  const before = (await store.readClock())?.ticks ?? 0;
  await Promise.all(Array.from({ length: 20 }, () => clock.now()));
  expect((await store.readClock())?.ticks).toBe(before + 1);
});

test('a confirmation that nobody asked for changes nothing', async () => {
  const clock = await start();
  expect(await confirmClock(store, wall)).toBe(false);
  expect(await clock.now()).toMatchObject({ era: 0 });
});
