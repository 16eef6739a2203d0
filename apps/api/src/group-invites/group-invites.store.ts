import type { Kysely, Selectable } from 'kysely';
import type { JoinRequestsTable, Tables } from '../database/tables.ts';

export type JoinRequest = Selectable<JoinRequestsTable>;
export type GroupInvitesStore = ReturnType<typeof groupInvitesStore>;

export function groupInvitesStore(db: Kysely<Tables>) {
  return {
    /** The one before stops working. */
    async replace(groupId: string, tokenHash: Uint8Array, nowMs: number): Promise<void> {
      const invite = { token_hash: tokenHash, created_at_ms: nowMs };
      await db
        .insertInto('group_invites')
        .values({ group_id: groupId, ...invite })
        .onConflict((conflict) => conflict.column('group_id').doUpdateSet(invite))
        .execute();
    },

    /** And every request that came by it. */
    async revoke(groupId: string): Promise<void> {
      await db.deleteFrom('group_invites').where('group_id', '=', groupId).execute();
      await db.deleteFrom('join_requests').where('group_id', '=', groupId).execute();
    },

    async groupOf(tokenHash: Uint8Array): Promise<string | null> {
      const rows = db.selectFrom('group_invites').select('group_id').where('token_hash', '=', tokenHash);
      return (await rows.executeTakeFirst())?.group_id ?? null;
    },

    /** @returns false when the account has asked already */
    async request(request: JoinRequest): Promise<boolean> {
      const insert = db
        .insertInto('join_requests')
        .values(request)
        .onConflict((conflict) => conflict.doNothing());
      return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
    },

    /** Everybody who has asked, approved or not, oldest first. */
    async requests(groupId: string, nowMs: number): Promise<JoinRequest[]> {
      return await db
        .selectFrom('join_requests')
        .selectAll()
        .where('group_id', '=', groupId)
        .where('expires_at_ms', '>', nowMs)
        .orderBy('requested_at_ms')
        .orderBy('account_id')
        .execute();
    },

    /** @returns false when there is no such request */
    async approve(groupId: string, accountId: string, nowMs: number): Promise<boolean> {
      const update = db
        .updateTable('join_requests')
        .set({ is_approved: true })
        .where('group_id', '=', groupId)
        .where('account_id', '=', accountId)
        .where('expires_at_ms', '>', nowMs);
      return (await update.executeTakeFirst()).numUpdatedRows === 1n;
    },

    async dropRequests(groupId: string, accountIds: readonly string[]): Promise<void> {
      if (accountIds.length === 0) return;
      await db
        .deleteFrom('join_requests')
        .where('group_id', '=', groupId)
        .where('account_id', 'in', accountIds)
        .execute();
    },

    /** Whether an account was approved in a group that the viewer runs. */
    async isApprovedBy(viewerId: string, accountId: string, nowMs: number): Promise<boolean> {
      const row = await db
        .selectFrom('join_requests')
        .innerJoin('group_members', 'group_members.group_id', 'join_requests.group_id')
        .select('join_requests.group_id')
        .where('join_requests.account_id', '=', accountId)
        .where('join_requests.is_approved', '=', true)
        .where('join_requests.expires_at_ms', '>', nowMs)
        .where('group_members.account_id', '=', viewerId)
        .where('group_members.state', '=', 'in')
        .where('group_members.role', 'in', ['owner', 'admin'])
        .executeTakeFirst();
      return row !== undefined;
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('join_requests').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
