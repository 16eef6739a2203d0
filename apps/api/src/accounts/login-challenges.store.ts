import type { Kysely, Selectable } from 'kysely';
import type { LoginChallengesTable, Tables } from '../database/tables.ts';

export type LoginChallenge = Selectable<LoginChallengesTable>;
export type LoginChallengesStore = ReturnType<typeof loginChallengesStore>;

export function loginChallengesStore(db: Kysely<Tables>) {
  return {
    async add(challenge: LoginChallenge): Promise<void> {
      await db.insertInto('login_challenges').values(challenge).execute();
    },

    /** Takes it out, so that it serves once. */
    async take(id: string): Promise<LoginChallenge | null> {
      const taken = db.deleteFrom('login_challenges').where('id', '=', id).returningAll();
      return (await taken.executeTakeFirst()) ?? null;
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('login_challenges').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
