import type { Kysely } from 'kysely';
import { isMissingReference } from '../database/missing-reference.ts';
import type { Tables } from '../database/tables.ts';

export type RequestNoncesStore = ReturnType<typeof requestNoncesStore>;

export function requestNoncesStore(db: Kysely<Tables>) {
  return {
    /** @returns false when this session has used the nonce before, or has just ended */
    async spend(sessionId: string, nonce: string, expiresAtMs: number): Promise<boolean> {
      const insert = db
        .insertInto('request_nonces')
        .values({ session_id: sessionId, nonce, expires_at_ms: expiresAtMs })
        .onConflict((conflict) => conflict.doNothing());
      try {
        return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
      } catch (error) {
        if (isMissingReference(error)) return false;
        throw error;
      }
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('request_nonces').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
