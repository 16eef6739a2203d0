import type { AttemptEntry, LogHead } from '@hexkey/protocol';

/** What a record keeps of its attempt log; the entries lie beside it in the store. */
export interface AttemptLogState {
  /** Null before the first entry. */
  readonly head: LogHead | null;
  /** When a refusal of each kind was last written down, for those younger than an hour. */
  readonly refusals: readonly { readonly kind: string; readonly atMs: number }[];
  /** When entries a year old were last forgotten. */
  readonly prunedAtMs: number;
}

export const emptyLog: AttemptLogState = { head: null, refusals: [], prunedAtMs: 0 };

/** What is written beside a record, in the same transaction. */
export interface LogChange {
  readonly entries: readonly AttemptEntry[];
  /** Entries before the first one this young go; null for none. */
  readonly forgetBeforeMs: number | null;
}
