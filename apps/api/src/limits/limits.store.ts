import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { type LimitName, limits } from './limits.ts';

export type LimitsStore = ReturnType<typeof limitsStore>;

/** Times of what was spent in a rolling window, one row for each limit and subject. Call inside a transaction. */
export function limitsStore(db: Kysely<Tables>) {
  const rowOf = async (name: LimitName, subject: Uint8Array): Promise<number[]> => {
    // An update that changes nothing locks the row: read-and-write is one step, fifty requests at once get exactly the
    // limit. One statement, because a sweep may drop the row between two.
    const row = await db
      .insertInto('limits')
      .values({ name, subject, spent_at_ms: sql`'[]'`, expires_at_ms: 0 })
      .onConflict((conflict) => conflict.columns(['name', 'subject']).doUpdateSet({ name }))
      .returning('spent_at_ms')
      .executeTakeFirstOrThrow();
    return row.spent_at_ms;
  };
  const write = async (name: LimitName, subject: Uint8Array, spent: readonly number[]): Promise<void> => {
    await db
      .updateTable('limits')
      .set({
        spent_at_ms: sql`cast(${JSON.stringify(spent)} as jsonb)`,
        expires_at_ms: (spent.at(-1) ?? 0) + limits[name].windowMs,
      })
      .where('name', '=', name)
      .where('subject', '=', subject)
      .execute();
  };

  return {
    /** Spends one. @returns milliseconds to wait when the limit is reached, and then nothing is spent; else null */
    async spend(name: LimitName, subject: Uint8Array, nowMs: number): Promise<number | null> {
      const { max, windowMs } = limits[name];
      const spent = (await rowOf(name, subject)).filter((atMs) => atMs > nowMs - windowMs);
      if (spent.length >= max) return Math.max(1, (spent.at(-max) ?? nowMs) + windowMs - nowMs);
      await write(
        name,
        subject,
        [...spent, nowMs].sort((left, right) => left - right),
      );
      return null;
    },

    /** Milliseconds to wait when the limit is reached, else null. Spends nothing. */
    async waitMs(name: LimitName, subject: Uint8Array, nowMs: number): Promise<number | null> {
      const { max, windowMs } = limits[name];
      const rows = db
        .selectFrom('limits')
        .select('spent_at_ms')
        .where('name', '=', name)
        .where('subject', '=', subject);
      const all = (await rows.executeTakeFirst())?.spent_at_ms ?? [];
      const spent = all.filter((atMs) => atMs > nowMs - windowMs);
      return spent.length < max ? null : Math.max(1, (spent.at(-max) ?? nowMs) + windowMs - nowMs);
    },

    /** How many are spent in the window that ends now. */
    async spentCount(name: LimitName, subject: Uint8Array, nowMs: number): Promise<number> {
      const rows = db
        .selectFrom('limits')
        .select('spent_at_ms')
        .where('name', '=', name)
        .where('subject', '=', subject);
      const all = (await rows.executeTakeFirst())?.spent_at_ms ?? [];
      return all.filter((atMs) => atMs > nowMs - limits[name].windowMs).length;
    },

    /** Nothing of it is spent any more. */
    async clear(name: LimitName, subject: Uint8Array): Promise<void> {
      await db.deleteFrom('limits').where('name', '=', name).where('subject', '=', subject).execute();
    },

    /** Takes one back that was spent at that time, because it turned out not to count. */
    async giveBack(name: LimitName, subject: Uint8Array, spentAtMs: number): Promise<void> {
      const spent = await rowOf(name, subject);
      const index = spent.indexOf(spentAtMs);
      if (index >= 0) await write(name, subject, spent.toSpliced(index, 1));
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('limits').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
