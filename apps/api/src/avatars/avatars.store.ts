import type { Kysely, Selectable } from 'kysely';
import type { AvatarsTable, Tables } from '../database/tables.ts';

export type Avatar = Selectable<AvatarsTable>;
export type AvatarsStore = ReturnType<typeof avatarsStore>;

export function avatarsStore(db: Kysely<Tables>) {
  return {
    async replace(avatar: Avatar): Promise<void> {
      await db
        .insertInto('avatars')
        .values(avatar)
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(avatar))
        .execute();
    },

    async drop(accountId: string): Promise<void> {
      await db.deleteFrom('avatars').where('account_id', '=', accountId).execute();
    },

    async find(id: Uint8Array): Promise<Avatar | null> {
      return (await db.selectFrom('avatars').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async idOf(accountId: string): Promise<Uint8Array | null> {
      const row = db.selectFrom('avatars').select('id').where('account_id', '=', accountId);
      return (await row.executeTakeFirst())?.id ?? null;
    },
  };
}
