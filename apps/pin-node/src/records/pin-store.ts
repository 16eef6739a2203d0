import type { AttemptEntry } from '@hexkey/protocol';
import type { LogChange } from '../attempt-log/log-state.ts';
import type { ClockState } from '../clock/clock-state.ts';
import type { PinRecord } from './pin-record.ts';

export interface StoredRecord {
  readonly record: PinRecord;
  /** 1 for the first write; 0 stands for "there is no row". */
  readonly revision: number;
}

export interface EntryRange {
  readonly after: number;
  readonly through: number;
  readonly limit: number;
}

/**
 * Where a node keeps its records: one row per (tenant, user), replaced by compare-and-swap, and its attempt log. When `replace` and
 * `countNewDeviceGuess` have resolved, what they wrote survives a power cut: the node evaluates only after that.
 * One process owns a store; two on the same file are not supported.
 */
export interface PinStore {
  /** @param recordId 32 bytes, see `recordIdOf` */
  read(recordId: Uint8Array): Promise<StoredRecord | null>;
  /**
   * Writes the record and its new log entries together.
   * @returns false when the row's revision is no longer `expectedRevision`: nothing was written
   */
  replace(
    recordId: Uint8Array,
    expectedRevision: number,
    record: PinRecord,
    log: LogChange,
  ): Promise<boolean>;
  /**
   * Deletes the record and its whole log, so that their bytes are not left in the store's files either.
   * @returns false when the row's revision is no longer `expectedRevision`: nothing was deleted
   */
  erase(recordId: Uint8Array, expectedRevision: number): Promise<boolean>;
  /** Kept entries with `after < sequence <= through`, oldest first. */
  readEntries(recordId: Uint8Array, range: EntryRange): Promise<readonly AttemptEntry[]>;
  /** Counts one new-device guess of a tenant in the window that began at `windowStartMs`. @returns the count after it */
  countNewDeviceGuess(tenant: string, windowStartMs: number): Promise<number>;
  readClock(): Promise<ClockState | null>;
  /**
   * Compare-and-set on `ticks`, because `confirm-clock`, or the next process of a node that is being replaced, writes too.
   * @param replaces the ticks that are there, 0 for none
   * @returns false when others are: nothing was written
   */
  writeClock(state: ClockState, replaces: number): Promise<boolean>;
  close(): Promise<void>;
}
