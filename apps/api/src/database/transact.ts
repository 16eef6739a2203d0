import type { Kysely } from 'kysely';
import { isMissingReference } from './missing-reference.ts';
import { type Stores, storesOf } from './stores.ts';
import type { Tables } from './tables.ts';

/** Runs work in one transaction; it may run again, so it must do nothing but read and write through its stores. */
export type Transact = <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const attempts = 5;

/**
 * Two transactions met and one lost: it runs again. Distributed databases say 40001, PostgreSQL 40P01 to one of two that wait for
 * each other, and both 23503 when a row was deleted that this one had read, such as a device that was ended while it was to be told.
 * @param onQueued told after the commit, never before: a socket that was woken early would find nothing
 */
export function transactOn(
  db: Kysely<Tables>,
  onQueued: (sessionIds: ReadonlySet<string>) => void = () => undefined,
): Transact {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      const queuedFor = new Set<string>();
      try {
        const result = await db
          .transaction()
          .execute((transaction) => work(storesOf(transaction, queuedFor)));
        onQueued(queuedFor);
        return result;
      } catch (error) {
        if (!hasMetAnother(error) || attempt === attempts) throw error;
      }
    }
  };
}

function hasMetAnother(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === serializationFailure || code === deadlockDetected || isMissingReference(error);
}
