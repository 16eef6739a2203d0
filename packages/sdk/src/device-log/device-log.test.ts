import 'fake-indexeddb/auto';
import { deviceLogLine } from '@hexkey/contract';
import { fixedClock } from '@hexkey/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexedDbLogStore } from '../support/indexed-db-device.ts';
import { createDeviceLog } from './create-device-log.ts';
import type { DeviceEvent, LogStore } from './device-log.ts';
import { lineOfEvent } from './line-of-event.ts';
import { memoryLogStore } from './memory-log-store.ts';

const now = Date.UTC(2030, 0, 1, 9, 30, 12, 345);
const kib = 1024;

test.each([
  [{ event: 'start', client: 'web/0.1.0' }, 'start web/0.1.0'],
  [{ event: 'page', page: '/chats/$chatId' }, 'page /chats/$chatId'],
  [{ event: 'place', place: 'enter-pin' }, 'place enter-pin'],
  [
    { event: 'call', route: 'requestPhoneCode', outcome: 20110, ms: 131.6 },
    'call requestPhoneCode 20110 132ms',
  ],
  [{ event: 'call', route: 'health', outcome: 'failed', ms: 9_999_999 }, 'call health failed 99999ms'],
  [{ event: 'bug', name: 'TypeError' }, 'bug TypeError'],
] as const)('%j is a line of time, kind and codes', (event, words) => {
  expect(lineOfEvent(event, now)).toBe(`2030-01-01T09:30:12.345Z ${words}`);
});

test.each([
  { event: 'page', page: '/chats/0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e' },
  { event: 'page', page: '/help?q=legal winner' },
  { event: 'call', route: 'findPerson?hexkeyId=60221407', outcome: 'ok', ms: 1 },
  { event: 'call', route: 'health', outcome: 271828, ms: 1 },
  { event: 'bug', name: 'wrong PIN 271828' },
  { event: 'start', client: 'legal winner thank' },
] as const)('%j does not fit and is not written', (event) => {
  expect(lineOfEvent(event, now)).toBeNull();
});

test('whatever an event is given, its line fits the grammar and has no six digits in a row and no spaces of a phrase', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('271828', '+4915112345678', 'legal winner thank', '0417'),
  );
  const events: fc.Arbitrary<DeviceEvent> = fc.oneof(
    fc.record({ event: fc.constant('start' as const), client: text }),
    fc.record({ event: fc.constant('page' as const), page: text }),
    fc.record({ event: fc.constant('bug' as const), name: text }),
    fc.record({
      event: fc.constant('call' as const),
      route: text,
      outcome: fc.oneof(fc.constantFrom('ok' as const, 'failed' as const), fc.integer()),
      ms: fc.double({ noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(events, (event) => {
      const line = lineOfEvent(event, now);
      if (line === null) return;
      expect(line).toMatch(new RegExp(deviceLogLine));
      expect(line).not.toMatch(/\d{6}/);
      expect(line.split(' ').length).toBeLessThan(6);
    }),
  );
});

describe.each([
  ['memory', memoryLogStore],
  ['IndexedDB', indexedDbLogStore],
] as const)('a log in %s', (_, open) => {
  // Lines of 1 KiB a piece, written at once.
  const fill = async (store: LogStore, limitKib: number, kept: number) => {
    for (let written = 0; written < kept; written += 1)
      await store.append(`${String(written).padStart(1023, 'x')}\n`, limitKib * kib);
  };

  test('keeps the newest lines within its limit, and the rest of them when the limit falls', async () => {
    const store = open();
    await fill(store, 8, 20);
    const lines = (await store.read()).split('\n').filter((line) => line !== '');
    expect(lines.slice(-8).map((line) => Number(line.replaceAll('x', '')))).toEqual([
      12, 13, 14, 15, 16, 17, 18, 19,
    ]);
    expect(lines).toHaveLength(8);
    await store.append(`${'y'.repeat(1023)}\n`, 2 * kib);
    expect((await store.read()).length).toBe(2 * kib);
  });
});

test('256 KiB before a login, 5 MiB once the account is open', async () => {
  const limits: number[] = [];
  const store: LogStore = {
    append: async (_, limitBytes) => void limits.push(limitBytes),
    read: async () => '',
  };
  const log = createDeviceLog({ clock: fixedClock('2030-01-01T00:00:00Z'), store });
  for (const place of ['signed-out', 'home', 'enter-pin'] as const) {
    log.note({ event: 'place', place });
    await log.lines();
  }
  expect(limits).toEqual([256 * kib, 5 * kib * kib, 256 * kib]);
});

test('a store that takes nothing stops nobody, and lines noted while one is written are not lost', async () => {
  const clock = fixedClock('2030-01-01T00:00:00Z');
  const store: LogStore = { append: () => Promise.reject(new Error('full')), read: async () => '' };
  const broken = createDeviceLog({ clock, store });
  broken.note({ event: 'bug', name: 'TypeError' });
  expect(await broken.lines()).toEqual([]);
  const log = createDeviceLog({ clock, store: memoryLogStore() });
  for (const name of ['A', 'B', 'C']) log.note({ event: 'bug', name });
  expect(await log.lines()).toHaveLength(3);
});
