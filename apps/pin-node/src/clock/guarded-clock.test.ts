import { fixedClock } from '@hexkey/testing';
import { beforeEach, expect, test } from 'vitest';
import { memoryStore } from '../records/memory-store.ts';
import type { PinStore } from '../records/pin-store.ts';
import { confirmClock } from './confirm-clock.ts';
import { guardClock } from './guarded-clock.ts';
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

test('a confirmation that nobody asked for changes nothing', async () => {
  const clock = await start();
  expect(await confirmClock(store, wall)).toBe(false);
  expect(await clock.now()).toMatchObject({ era: 0 });
});
