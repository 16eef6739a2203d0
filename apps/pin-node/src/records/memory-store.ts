import { type AttemptEntry, toHex } from '@hexkey/protocol';
import type { ClockState } from '../clock/clock-state.ts';
import type { PinStore } from './pin-store.ts';
import { recordMemory } from './record-memory.ts';

/** A store that forgets: for tests and benchmarks. It keeps encoded records, so that it shares nothing with its callers. */
export function memoryStore(): PinStore {
  const memory = recordMemory();
  const rows = new Map<string, { bytes: Uint8Array; revision: number }>();
  const logs = new Map<string, AttemptEntry[]>();
  const windows = new Map<string, { startMs: number; count: number }>();
  let clock: ClockState | null = null;
  return {
    async read(recordId) {
      const row = rows.get(toHex(recordId));
      return row === undefined
        ? null
        : { record: memory.decode(recordId, row.bytes), revision: row.revision };
    },
    async replace(recordId, expectedRevision, record, { entries, forgetBeforeMs }) {
      const key = toHex(recordId);
      if ((rows.get(key)?.revision ?? 0) !== expectedRevision) return false;
      rows.set(key, { bytes: memory.encode(recordId, record), revision: expectedRevision + 1 });
      const all = logs.get(key) ?? [];
      all.push(...entries);
      const firstKept = forgetBeforeMs === null ? 0 : all.findIndex(({ timeMs }) => timeMs >= forgetBeforeMs);
      if (firstKept > 0) all.splice(0, firstKept);
      logs.set(key, all);
      return true;
    },
    async erase(recordId, expectedRevision) {
      const key = toHex(recordId);
      if (rows.get(key)?.revision !== expectedRevision) return false;
      memory.forget(recordId);
      rows.delete(key);
      logs.delete(key);
      return true;
    },
    async readEntries(recordId, { after, through, limit }) {
      return (logs.get(toHex(recordId)) ?? [])
        .filter(({ sequence }) => sequence > after && sequence <= through)
        .slice(0, limit);
    },
    async countNewDeviceGuess(tenant, windowStartMs) {
      const window = windows.get(tenant);
      const count = window?.startMs === windowStartMs ? window.count + 1 : 1;
      windows.set(tenant, { startMs: windowStartMs, count });
      return count;
    },
    async readClock() {
      return clock;
    },
    async writeClock(state, replaces) {
      if ((clock?.ticks ?? 0) !== replaces) return false;
      clock = state;
      return true;
    },
    async close() {},
  };
}
