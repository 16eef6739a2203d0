import type { Kysely, Selectable } from 'kysely';
import type { Tables, WalletsTable } from '../database/tables.ts';

export type Wallet = Selectable<WalletsTable>;
export type WalletsStore = ReturnType<typeof walletsStore>;

export function walletsStore(db: Kysely<Tables>) {
  return {
    async get(accountId: string): Promise<Wallet | null> {
      const rows = db.selectFrom('wallets').selectAll().where('account_id', '=', accountId);
      return (await rows.executeTakeFirst()) ?? null;
    },

    /** Held until the transaction ends: two transfers at once are counted one after the other. */
    async lock(accountId: string): Promise<Wallet | null> {
      const rows = db.selectFrom('wallets').selectAll().where('account_id', '=', accountId);
      return (await rows.forUpdate().executeTakeFirst()) ?? null;
    },

    /** @returns false when the account has one, or another account has this one; nothing is written then */
    async add(wallet: Wallet): Promise<boolean> {
      const insert = db
        .insertInto('wallets')
        .values(wallet)
        .onConflict((conflict) => conflict.doNothing());
      return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
    },

    /** @returns false when another one took the place of that epoch meanwhile */
    async move(
      epoch: number,
      {
        account_id,
        ...next
      }: Pick<Wallet, 'account_id' | 'epoch' | 'ceremony' | 'package' | 'vouchers' | 'sealed_shares'>,
    ): Promise<boolean> {
      const update = db
        .updateTable('wallets')
        .set(next)
        .where('account_id', '=', account_id)
        .where('epoch', '=', epoch);
      return (await update.executeTakeFirst()).numUpdatedRows === 1n;
    },

    async rewrap(
      accountId: string,
      next: Pick<Wallet, 'sealed_shares' | 'aik' | 'address_signature'>,
    ): Promise<void> {
      const { sealed_shares, aik, address_signature } = next;
      await db
        .updateTable('wallets')
        .set({ sealed_shares, aik, address_signature })
        .where('account_id', '=', accountId)
        .execute();
    },

    async setLimits(
      accountId: string,
      next: Pick<Wallet, 'limits' | 'pending_limits' | 'pending_from_ms'>,
    ): Promise<void> {
      const { limits, pending_limits, pending_from_ms } = next;
      await db
        .updateTable('wallets')
        .set({ limits, pending_limits, pending_from_ms })
        .where('account_id', '=', accountId)
        .execute();
    },
  };
}
