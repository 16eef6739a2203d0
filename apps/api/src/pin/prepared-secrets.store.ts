import type { Kysely, Selectable } from 'kysely';
import type { PreparedSecretsTable, Tables } from '../database/tables.ts';

export type PreparedSecret = Selectable<PreparedSecretsTable>;
export type PreparedSecretsStore = ReturnType<typeof preparedSecretsStore>;

/** So many changes may stand open at once; the oldest makes room for one more. */
const maxPrepared = 8;

export function preparedSecretsStore(db: Kysely<Tables>) {
  const of = (accountId: string) =>
    db.selectFrom('prepared_secrets').selectAll().where('account_id', '=', accountId);

  return {
    /** Newest first. */
    async list(accountId: string): Promise<PreparedSecret[]> {
      return await of(accountId).orderBy('prepared_at_ms', 'desc').execute();
    },

    /** Keeps one more; the same key again replaces what was kept with it. */
    async put(secret: PreparedSecret): Promise<void> {
      const { account_id: _, pin_auth_key: __, ...kept } = secret;
      await db
        .insertInto('prepared_secrets')
        .values(secret)
        .onConflict((conflict) => conflict.columns(['account_id', 'pin_auth_key']).doUpdateSet(kept))
        .execute();
      const prepared = await of(secret.account_id).orderBy('prepared_at_ms', 'desc').execute();
      for (const { pin_auth_key } of prepared.slice(maxPrepared))
        await db
          .deleteFrom('prepared_secrets')
          .where('account_id', '=', secret.account_id)
          .where('pin_auth_key', '=', pin_auth_key)
          .execute();
    },

    async drop(accountId: string): Promise<void> {
      await db.deleteFrom('prepared_secrets').where('account_id', '=', accountId).execute();
    },
  };
}
