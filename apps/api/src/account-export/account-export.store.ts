import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Holding } from './holding.ts';
import { type OpenNumber, readHolding } from './read-holding.ts';

export type AccountExportStore = ReturnType<typeof accountExportStore>;

/** Reads every kind of record about an account, for its owner. */
export function accountExportStore(db: Kysely<Tables>) {
  return {
    read: (openNumber: OpenNumber, holding: Holding, accountId: string, after: string | undefined) =>
      readHolding(db, openNumber, holding, accountId, after),
  };
}
