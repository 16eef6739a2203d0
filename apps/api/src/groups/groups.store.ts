import { type Kysely, type Selectable, sql } from 'kysely';
import type { GroupLeavesTable, GroupMembersTable, GroupsTable, Tables } from '../database/tables.ts';
import { unnest } from '../database/unnest.ts';

export type StoredGroup = Selectable<GroupsTable>;
/** Without the GroupInfo, which is large and which only external commits need. */
export type LockedGroup = Omit<StoredGroup, 'group_info'>;
export type GroupMember = Selectable<GroupMembersTable>;
export type GroupLeaf = Selectable<GroupLeavesTable>;
export type GroupsStore = ReturnType<typeof groupsStore>;

const orderTypes = { id: 'uuid', position: 'bigint', last_sent_at_ms: 'bigint' } as const;
const lockedColumns = [
  'id',
  'kind',
  'low_account_id',
  'high_account_id',
  'created_by_device_id',
  'epoch',
  'position',
  'last_sent_at_ms',
] as const;

/** Everything about one group or several is read and written under the lock of their rows, taken in the order of ids. */
export function groupsStore(db: Kysely<Tables>) {
  return {
    async lock(ids: readonly string[]): Promise<LockedGroup[]> {
      if (ids.length === 0) return [];
      return await db
        .selectFrom('groups')
        .select(lockedColumns)
        .where(sql<boolean>`id = any(${ids}::uuid[])`)
        .orderBy('id')
        .forUpdate()
        .execute();
    },

    async get(id: string): Promise<StoredGroup | null> {
      return (await db.selectFrom('groups').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    /** The direct conversation of two accounts, the lower id first. */
    async findDirect(lowId: string, highId: string): Promise<string | null> {
      const row = await db
        .selectFrom('groups')
        .select('id')
        .where('low_account_id', '=', lowId)
        .where('high_account_id', '=', highId)
        .executeTakeFirst();
      return row?.id ?? null;
    },

    /** @returns false when the id is taken or the pair has one */
    async add(group: StoredGroup): Promise<boolean> {
      const insert = db
        .insertInto('groups')
        .values(group)
        .onConflict((conflict) => conflict.doNothing());
      return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
    },

    /** Its members, leaves, invite and requests go with it. */
    async drop(id: string): Promise<void> {
      await db.deleteFrom('groups').where('id', '=', id).execute();
    },

    async advance(
      { id, epoch, position, last_sent_at_ms }: LockedGroup,
      groupInfo: Uint8Array | null = null,
    ): Promise<void> {
      await db
        .updateTable('groups')
        .set({ epoch, position, last_sent_at_ms, ...(groupInfo === null ? {} : { group_info: groupInfo }) })
        .where('id', '=', id)
        .execute();
    },

    async members(groupIds: readonly string[]): Promise<GroupMember[]> {
      if (groupIds.length === 0) return [];
      return await db
        .selectFrom('group_members')
        .selectAll()
        .where(sql<boolean>`group_id = any(${groupIds}::uuid[])`)
        .execute();
    },

    async leaves(groupIds: readonly string[]): Promise<GroupLeaf[]> {
      if (groupIds.length === 0) return [];
      return await db
        .selectFrom('group_leaves')
        .selectAll()
        .where(sql<boolean>`group_id = any(${groupIds}::uuid[])`)
        .orderBy('group_id')
        .orderBy('leaf_index')
        .execute();
    },

    /** Adds members, or changes role and state of those who are there. */
    async putMembers(members: readonly GroupMember[]): Promise<void> {
      if (members.length === 0) return;
      await db
        .insertInto('group_members')
        .values(members)
        .onConflict((conflict) =>
          conflict.columns(['group_id', 'account_id']).doUpdateSet((row) => ({
            role: row.ref('excluded.role'),
            state: row.ref('excluded.state'),
          })),
        )
        .execute();
    },

    async dropMembers(groupId: string, accountIds: readonly string[]): Promise<void> {
      if (accountIds.length === 0) return;
      await db
        .deleteFrom('group_members')
        .where('group_id', '=', groupId)
        .where('account_id', 'in', accountIds)
        .execute();
    },

    async addLeaves(leaves: readonly GroupLeaf[]): Promise<void> {
      if (leaves.length > 0) await db.insertInto('group_leaves').values(leaves).execute();
    },

    async dropLeaves(groupId: string, leafIndexes: readonly number[]): Promise<void> {
      if (leafIndexes.length === 0) return;
      await db
        .deleteFrom('group_leaves')
        .where('group_id', '=', groupId)
        .where('leaf_index', 'in', leafIndexes)
        .execute();
    },

    /** Groups in which devices have a leaf. */
    async idsOfDevices(deviceIds: readonly string[]): Promise<string[]> {
      const rows = db.selectFrom('group_leaves').select('group_id').distinct();
      return (await rows.where('device_id', 'in', deviceIds).execute()).map((row) => row.group_id);
    },

    async endLeaves(deviceIds: readonly string[]): Promise<void> {
      const update = db.updateTable('group_leaves').set({ is_ended: true });
      await update.where('device_id', 'in', deviceIds).execute();
    },

    /** Groups an account is in; not those in which it is only refused, nor those it left. */
    async idsOfAccount(accountId: string): Promise<string[]> {
      const rows = db.selectFrom('group_members').select('group_id').where('account_id', '=', accountId);
      return (await rows.where('state', '=', 'in').execute()).map((row) => row.group_id);
    },

    /** Kind and epoch. */
    async list(ids: readonly string[]): Promise<Pick<StoredGroup, 'id' | 'kind' | 'epoch'>[]> {
      if (ids.length === 0) return [];
      const rows = db.selectFrom('groups').select(['id', 'kind', 'epoch']).where('id', 'in', ids);
      return await rows.orderBy('id').execute();
    },

    /** Those of some accounts that are in a group in which the viewer is. */
    async sharingWith(viewerId: string, accountIds: readonly string[]): Promise<string[]> {
      if (accountIds.length === 0) return [];
      const rows = await db
        .selectFrom('group_members as own')
        .innerJoin('group_members as other', 'other.group_id', 'own.group_id')
        .select('other.account_id')
        .distinct()
        .where('own.account_id', '=', viewerId)
        .where('own.state', '=', 'in')
        .where('other.account_id', 'in', accountIds)
        .execute();
      return rows.map((row) => row.account_id);
    },

    /** Those of some accounts that exist, and which of them are tombstones. */
    async accountsAmong(
      accountIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly isDeleted: boolean }>> {
      if (accountIds.length === 0) return new Map();
      const rows = db.selectFrom('accounts').select(['id', 'deleted_at_ms']);
      const found = await rows.where('id', 'in', accountIds).execute();
      return new Map(found.map((row) => [row.id, { isDeleted: row.deleted_at_ms !== null }]));
    },

    /** Positions and times after a batch, one statement for all its groups. */
    async advanceMany(groups: readonly LockedGroup[]): Promise<void> {
      if (groups.length === 0) return;
      await sql`update groups set position = next.position, last_sent_at_ms = next.last_sent_at_ms
        from ${unnest<Pick<LockedGroup, 'id' | 'position' | 'last_sent_at_ms'>>(groups, orderTypes)}
          as next (id, position, last_sent_at_ms)
        where groups.id = next.id`.execute(db);
    },
  };
}
