import type { Kysely, Selectable } from 'kysely';
import type { CaptchasTable, Tables } from '../database/tables.ts';

export type Captcha = Selectable<CaptchasTable>;
export type CaptchasStore = ReturnType<typeof captchasStore>;

export function captchasStore(db: Kysely<Tables>) {
  return {
    async add(captcha: Captcha): Promise<void> {
      await db.insertInto('captchas').values(captcha).execute();
    },

    /** Takes it out, so that it serves once. */
    async take(id: string): Promise<Captcha | null> {
      const taken = db.deleteFrom('captchas').where('id', '=', id).returningAll();
      return (await taken.executeTakeFirst()) ?? null;
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('captchas').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
