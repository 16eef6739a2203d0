import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export type PinChallengesStore = ReturnType<typeof pinChallengesStore>;

export function pinChallengesStore(db: Kysely<Tables>) {
  return {
    async add(nonce: Uint8Array, sessionId: string, expiresAtMs: number): Promise<void> {
      await db
        .insertInto('pin_challenges')
        .values({ nonce, session_id: sessionId, expires_at_ms: expiresAtMs })
        .execute();
    },

    /** Takes a nonce of this session out, so that it serves once. @returns when it ends, or null */
    async take(nonce: Uint8Array, sessionId: string): Promise<number | null> {
      const taken = await db
        .deleteFrom('pin_challenges')
        .where('nonce', '=', nonce)
        .where('session_id', '=', sessionId)
        .returning('expires_at_ms')
        .executeTakeFirst();
      return taken?.expires_at_ms ?? null;
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('pin_challenges').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
