import type { Kysely, Selectable } from 'kysely';
import type { NamedKeysTable, Tables } from '../database/tables.ts';

export type NamedKey = Selectable<NamedKeysTable>;
export type NamedKeysStore = ReturnType<typeof namedKeysStore>;

/** Who may ask over a network, and which challenges have served. */
export function namedKeysStore(db: Kysely<Tables>) {
  return {
    /** Removed ones too, in the order of their names. */
    async list(): Promise<NamedKey[]> {
      return db.selectFrom('named_keys').selectAll().orderBy('name').execute();
    },

    async ofName(name: string): Promise<NamedKey | null> {
      const found = db.selectFrom('named_keys').selectAll().where('name', '=', name);
      return (await found.executeTakeFirst()) ?? null;
    },

    /** Removed ones too. */
    async ofPublicKey(publicKey: Uint8Array): Promise<NamedKey | null> {
      const found = db.selectFrom('named_keys').selectAll().where('public_key', '=', publicKey);
      return (await found.executeTakeFirst()) ?? null;
    },

    /** @returns false: the name or the key has been added before, and nothing was written */
    async add(name: string, publicKey: Uint8Array, nowMs: number): Promise<boolean> {
      const added = await db
        .insertInto('named_keys')
        .values({ name, public_key: publicKey, added_at_ms: nowMs, removed_at_ms: null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    },

    /** The time of the first removal stays. */
    async remove(name: string, nowMs: number): Promise<void> {
      await db
        .updateTable('named_keys')
        .set({ removed_at_ms: nowMs })
        .where('name', '=', name)
        .where('removed_at_ms', 'is', null)
        .execute();
    },

    /** @returns false: it has served before */
    async useChallenge(challenge: Uint8Array, expiresAtMs: number): Promise<boolean> {
      const used = await db
        .insertInto('used_operator_challenges')
        .values({ challenge, expires_at_ms: expiresAtMs })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return used.numInsertedOrUpdatedRows === 1n;
    },

    async dropExpiredChallenges(nowMs: number): Promise<void> {
      await db.deleteFrom('used_operator_challenges').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
