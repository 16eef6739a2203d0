import type { Kysely, Selectable } from 'kysely';
import type { PhoneVerificationsTable, Tables } from '../database/tables.ts';

export type PhoneVerification = Selectable<PhoneVerificationsTable>;
export type PhoneVerificationsStore = ReturnType<typeof phoneVerificationsStore>;

export function phoneVerificationsStore(db: Kysely<Tables>) {
  return {
    async add(verification: PhoneVerification): Promise<void> {
      await db.insertInto('phone_verifications').values(verification).execute();
    },

    /** Ends what a session asked for before: one code lives for each session. */
    async dropOfSession(sessionId: string): Promise<void> {
      await db.deleteFrom('phone_verifications').where('for_session_id', '=', sessionId).execute();
    },

    /** Ends one code, if it is of that number and purpose. */
    async dropOf(phoneHash: Uint8Array, purpose: PhoneVerification['purpose'], id: string): Promise<void> {
      await db
        .deleteFrom('phone_verifications')
        .where('id', '=', id)
        .where('phone_hash', '=', phoneHash)
        .where('purpose', '=', purpose)
        .execute();
    },

    /** Reads it and keeps rivals out until the transaction ends: three tries stay three however many come at once. */
    async lock(id: string): Promise<PhoneVerification | null> {
      const rows = db.selectFrom('phone_verifications').selectAll().where('id', '=', id).forUpdate();
      return (await rows.executeTakeFirst()) ?? null;
    },

    async setTriesLeft(id: string, triesLeft: number): Promise<void> {
      await db
        .updateTable('phone_verifications')
        .set({ tries_left: triesLeft })
        .where('id', '=', id)
        .execute();
    },

    async markUsed(id: string, deviceKey: Uint8Array, sessionId: string | null): Promise<void> {
      await db
        .updateTable('phone_verifications')
        .set({ used_by_device_key: deviceKey, session_id: sessionId })
        .where('id', '=', id)
        .execute();
    },

    async drop(id: string): Promise<void> {
      await db.deleteFrom('phone_verifications').where('id', '=', id).execute();
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('phone_verifications').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
