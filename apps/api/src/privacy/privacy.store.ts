import { type Kysely, sql } from 'kysely';
import type { PrivacySettingsTable, Tables } from '../database/tables.ts';
import { unnest } from '../database/unnest.ts';

export type PrivacySettings = Omit<PrivacySettingsTable, 'account_id'>;
export type PrivacyStore = ReturnType<typeof privacyStore>;

/** Of an account that has chosen nothing. */
const defaults: PrivacySettings = {
  messages_from: 'everybody',
  groups_from: 'everybody',
  found_by_phone: 'everybody',
};

/** How a receiver stands to a sender. */
export interface Relation {
  readonly isBlocked: boolean;
  readonly isContact: boolean;
  readonly settings: Pick<PrivacySettings, 'messages_from' | 'groups_from'>;
}

const pairTypes = { receiverId: 'uuid', senderId: 'uuid' } as const;

export function privacyStore(db: Kysely<Tables>) {
  return {
    async get(accountId: string): Promise<PrivacySettings> {
      const rows = db
        .selectFrom('privacy_settings')
        .select(['messages_from', 'groups_from', 'found_by_phone']);
      return (await rows.where('account_id', '=', accountId).executeTakeFirst()) ?? defaults;
    },

    async put(accountId: string, settings: PrivacySettings): Promise<void> {
      await db
        .insertInto('privacy_settings')
        .values({ account_id: accountId, ...settings })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(settings))
        .execute();
    },

    /** One statement, whatever is found. @returns by `RECEIVER SENDER` */
    async relations(
      pairs: readonly { readonly senderId: string; readonly receiverId: string }[],
    ): Promise<ReadonlyMap<string, Relation>> {
      if (pairs.length === 0) return new Map();
      const { rows } = await sql<{
        receiver: string;
        sender: string;
        is_blocked: boolean;
        is_contact: boolean;
        messages_from: PrivacySettings['messages_from'] | null;
        groups_from: PrivacySettings['groups_from'] | null;
      }>`
        select pairs.receiver, pairs.sender,
          blocks.owner_id is not null as is_blocked,
          contacts.owner_id is not null as is_contact,
          privacy_settings.messages_from, privacy_settings.groups_from
        from ${unnest(pairs, pairTypes)} as pairs (receiver, sender)
        left join blocks on blocks.owner_id = pairs.receiver and blocks.blocked_id = pairs.sender
        left join contacts on contacts.owner_id = pairs.receiver and contacts.contact_id = pairs.sender
        left join privacy_settings on privacy_settings.account_id = pairs.receiver`.execute(db);
      return new Map(
        rows.map((row) => [
          `${row.receiver} ${row.sender}`,
          {
            isBlocked: row.is_blocked,
            isContact: row.is_contact,
            settings: {
              messages_from: row.messages_from ?? defaults.messages_from,
              groups_from: row.groups_from ?? defaults.groups_from,
            },
          },
        ]),
      );
    },

    /** Who has a number and lets the searcher find them by it; null for nobody, whyever. One statement. */
    async findByPhone(searcherId: string, phoneHash: Uint8Array): Promise<string | null> {
      const found = await db
        .selectFrom('accounts')
        .leftJoin('privacy_settings', 'privacy_settings.account_id', 'accounts.id')
        .leftJoin('contacts', (join) =>
          join.onRef('contacts.owner_id', '=', 'accounts.id').on('contacts.contact_id', '=', searcherId),
        )
        .leftJoin('blocks', (join) =>
          join.onRef('blocks.owner_id', '=', 'accounts.id').on('blocks.blocked_id', '=', searcherId),
        )
        .leftJoin('legacy_accounts', 'legacy_accounts.account_id', 'accounts.id')
        .select([
          'accounts.id',
          'found_by_phone',
          'contacts.added_at_ms',
          'blocks.blocked_at_ms',
          'legacy_accounts.hash_sealed',
        ])
        .where('phone_hash', '=', phoneHash)
        .where('deleted_at_ms', 'is', null)
        .executeTakeFirst();
      if (found === undefined) return null;
      if (found.id === searcherId) return found.id;
      // Somebody who was imported and has not come yet was never asked whether they want to be found.
      if (found.blocked_at_ms !== null || found.hash_sealed !== null) return null;
      const by = found.found_by_phone ?? defaults.found_by_phone;
      const isShown = by === 'everybody' || (by === 'contacts' && found.added_at_ms !== null);
      return isShown ? found.id : null;
    },
  };
}
