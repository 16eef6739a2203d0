import type { Kysely, Selectable } from 'kysely';
import type { RecoveryContactCodesTable, RecoveryContactsTable, Tables } from '../database/tables.ts';

export type RecoveryContact = Selectable<RecoveryContactsTable>;
export type RecoveryContactCode = Selectable<RecoveryContactCodesTable>;
export type RecoveryContactsStore = ReturnType<typeof recoveryContactsStore>;

export function recoveryContactsStore(db: Kysely<Tables>) {
  return {
    async get(ownerId: string): Promise<RecoveryContact | null> {
      const rows = db.selectFrom('recovery_contacts').selectAll().where('owner_id', '=', ownerId);
      return (await rows.executeTakeFirst()) ?? null;
    },

    async replace(contact: RecoveryContact): Promise<void> {
      await db
        .insertInto('recovery_contacts')
        .values(contact)
        .onConflict((conflict) => conflict.column('owner_id').doUpdateSet(contact))
        .execute();
    },

    async drop(ownerId: string): Promise<void> {
      await db.deleteFrom('recovery_contacts').where('owner_id', '=', ownerId).execute();
    },

    /**
     * Contacts who are gone or no longer have the owner among theirs, and whose owner does not know yet.
     * @param contactId only this one
     */
    async listLost(contactId: string | null): Promise<(RecoveryContact & { isDeleted: boolean })[]> {
      let rows = db
        .selectFrom('recovery_contacts')
        .innerJoin('accounts', 'accounts.id', 'recovery_contacts.contact_id')
        .leftJoin('contacts', (join) =>
          join
            .onRef('contacts.owner_id', '=', 'recovery_contacts.contact_id')
            .onRef('contacts.contact_id', '=', 'recovery_contacts.owner_id'),
        )
        .selectAll('recovery_contacts')
        .select('accounts.deleted_at_ms')
        .where('recovery_contacts.loss_told_at_ms', 'is', null)
        .where((where) =>
          where.or([
            where('accounts.deleted_at_ms', 'is not', null),
            where('contacts.added_at_ms', 'is', null),
          ]),
        );
      if (contactId !== null) rows = rows.where('recovery_contacts.contact_id', '=', contactId);
      return (await rows.execute()).map(({ deleted_at_ms, ...row }) => ({
        ...row,
        isDeleted: deleted_at_ms !== null,
      }));
    },

    /** @returns false when it was told already, or is another contact's by now */
    async setLossTold(ownerId: string, contactId: string, atMs: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('recovery_contacts')
        .set({ loss_told_at_ms: atMs })
        .where('owner_id', '=', ownerId)
        .where('contact_id', '=', contactId)
        .where('loss_told_at_ms', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** The contact has added the owner again: losing them anew is told anew. */
    async forgetLoss(ownerId: string, contactId: string): Promise<void> {
      await db
        .updateTable('recovery_contacts')
        .set({ loss_told_at_ms: null })
        .where('owner_id', '=', ownerId)
        .where('contact_id', '=', contactId)
        .execute();
    },

    /** One code lives for each account: a new one ends the one before. */
    async replaceCode(code: RecoveryContactCode): Promise<void> {
      await db
        .insertInto('recovery_contact_codes')
        .values(code)
        .onConflict((conflict) => conflict.column('owner_id').doUpdateSet(code))
        .execute();
    },

    /** Reads it and keeps rivals out until the transaction ends. */
    async lockCode(ownerId: string): Promise<RecoveryContactCode | null> {
      const rows = db.selectFrom('recovery_contact_codes').selectAll().where('owner_id', '=', ownerId);
      return (await rows.forUpdate().executeTakeFirst()) ?? null;
    },

    async updateCode(
      ownerId: string,
      change: Partial<Pick<RecoveryContactCode, 'tries_left' | 'is_used'>>,
    ): Promise<void> {
      await db.updateTable('recovery_contact_codes').set(change).where('owner_id', '=', ownerId).execute();
    },

    async dropCode(ownerId: string): Promise<void> {
      await db.deleteFrom('recovery_contact_codes').where('owner_id', '=', ownerId).execute();
    },

    async dropExpiredCodes(nowMs: number): Promise<void> {
      await db.deleteFrom('recovery_contact_codes').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
