import { StartRefusal } from '../start-refusal.ts';
import type { Queries } from './postgres-store.ts';

/**
 * PostgreSQL answers a commit once its log is on disk, unless it was told otherwise: then a crash would forget guesses
 * that were evaluated already. PostgreSQL documentation, "Write Ahead Log", `fsync` and `synchronous_commit`.
 * @throws {StartRefusal}
 */
export async function refuseUndurable(database: Queries): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit']) {
    const [row] = (await database.query(`show ${setting}`)).rows as Record<string, string>[];
    if (row?.[setting] === 'off')
      throw new StartRefusal(`The database runs with ${setting} = off: a crash would give guesses back`);
  }
}
