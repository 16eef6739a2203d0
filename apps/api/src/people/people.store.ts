import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** An account as another one may see it, and what the viewer has made of it. */
export interface Person {
  readonly id: string;
  readonly hexkey_id: string;
  readonly name: string | null;
  readonly deleted_at_ms: number | null;
  readonly avatar_id: Uint8Array | null;
  /** When the viewer added or blocked them. */
  readonly added_at_ms: number | null;
  readonly blocked_at_ms: number | null;
}

export type PeopleStore = ReturnType<typeof peopleStore>;

export function peopleStore(db: Kysely<Tables>) {
  const seenBy = (viewerId: string) =>
    db
      .selectFrom('accounts')
      .leftJoin('avatars', 'avatars.account_id', 'accounts.id')
      .leftJoin('contacts', (join) =>
        join.onRef('contacts.contact_id', '=', 'accounts.id').on('contacts.owner_id', '=', viewerId),
      )
      .leftJoin('blocks', (join) =>
        join.onRef('blocks.blocked_id', '=', 'accounts.id').on('blocks.owner_id', '=', viewerId),
      )
      .select([
        'accounts.id',
        'accounts.hexkey_id',
        'accounts.name',
        'accounts.deleted_at_ms',
        'avatars.id as avatar_id',
        'contacts.added_at_ms',
        'blocks.blocked_at_ms',
      ]);

  return {
    async find(viewerId: string, hexkeyId: string): Promise<Person | null> {
      return (await seenBy(viewerId).where('hexkey_id', '=', hexkeyId).executeTakeFirst()) ?? null;
    },

    async get(viewerId: string, accountId: string): Promise<Person | null> {
      return (await seenBy(viewerId).where('accounts.id', '=', accountId).executeTakeFirst()) ?? null;
    },

    async listByIds(viewerId: string, accountIds: readonly string[]): Promise<Person[]> {
      if (accountIds.length === 0) return [];
      return await seenBy(viewerId).where('accounts.id', 'in', accountIds).execute();
    },

    async listContacts(ownerId: string): Promise<Person[]> {
      return await seenBy(ownerId).where('contacts.added_at_ms', 'is not', null).execute();
    },

    async listBlocked(ownerId: string): Promise<Person[]> {
      return await seenBy(ownerId).where('blocks.blocked_at_ms', 'is not', null).execute();
    },

    async countContacts(ownerId: string): Promise<number> {
      const { count } = await db
        .selectFrom('contacts')
        .select((build) => build.fn.countAll<number>().as('count'))
        .where('owner_id', '=', ownerId)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async countBlocked(ownerId: string): Promise<number> {
      const { count } = await db
        .selectFrom('blocks')
        .select((build) => build.fn.countAll<number>().as('count'))
        .where('owner_id', '=', ownerId)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async hasAdded(ownerId: string, contactId: string): Promise<boolean> {
      const row = await db
        .selectFrom('contacts')
        .select('added_at_ms')
        .where('owner_id', '=', ownerId)
        .where('contact_id', '=', contactId)
        .executeTakeFirst();
      return row !== undefined;
    },

    async addContact(ownerId: string, contactId: string, nowMs: number): Promise<void> {
      await db
        .insertInto('contacts')
        .values({ owner_id: ownerId, contact_id: contactId, added_at_ms: nowMs })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async removeContact(ownerId: string, contactId: string): Promise<void> {
      await db
        .deleteFrom('contacts')
        .where('owner_id', '=', ownerId)
        .where('contact_id', '=', contactId)
        .execute();
    },

    async block(ownerId: string, blockedId: string, nowMs: number): Promise<void> {
      await db
        .insertInto('blocks')
        .values({ owner_id: ownerId, blocked_id: blockedId, blocked_at_ms: nowMs })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async unblock(ownerId: string, blockedId: string): Promise<void> {
      await db
        .deleteFrom('blocks')
        .where('owner_id', '=', ownerId)
        .where('blocked_id', '=', blockedId)
        .execute();
    },
  };
}
