import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export type RequestNoncesStore = ReturnType<typeof requestNoncesStore>;

export function requestNoncesStore(db: Kysely<Tables>) {
  return {
    /** @returns false when this session has used the nonce before */
    async spend(sessionId: string, nonce: string, expiresAtMs: number): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('request_nonces')
        .values({ session_id: sessionId, nonce, expires_at_ms: expiresAtMs })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('request_nonces').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
