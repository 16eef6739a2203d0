import type { Kysely } from 'kysely';
import { type Stores, storesOf } from './stores.ts';
import type { Tables } from './tables.ts';

/** Runs work in one transaction; it may run again, so it must do nothing but read and write through its stores. */
export type Transact = <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const attempts = 5;

/** Distributed databases answer 40001 when two transactions met: the loser runs again. */
export function transactOn(db: Kysely<Tables>): Transact {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().execute((transaction) => work(storesOf(transaction)));
      } catch (error) {
        const code = (error as { code?: unknown }).code;
        if ((code !== serializationFailure && code !== deadlockDetected) || attempt === attempts) throw error;
      }
    }
  };
}
