import type { Kysely, Selectable } from 'kysely';
import type { LogEntriesTable, Tables } from '../database/tables.ts';

export type LogRow = Selectable<LogEntriesTable>;
/** Whose entries: all of an account, or those of one session. */
export type LogScope = { readonly accountId: string } | { readonly sessionId: string };
export type LogsStore = ReturnType<typeof logsStore>;

export function logsStore(db: Kysely<Tables>) {
  const entriesOf = (scope: LogScope) => {
    const entries = db.selectFrom('log_entries');
    return 'accountId' in scope
      ? entries.where('account_id', '=', scope.accountId)
      : entries.where('session_id', '=', scope.sessionId);
  };

  return {
    async add(entry: LogRow): Promise<void> {
      await db.insertInto('log_entries').values(entry).execute();
    },

    async find(scope: LogScope, id: string): Promise<LogRow | null> {
      return (await entriesOf(scope).selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    /** Newest first. @param before only entries older than this one */
    async list(scope: LogScope, before: LogRow | null, limit: number): Promise<LogRow[]> {
      let entries = entriesOf(scope).selectAll();
      if (before !== null)
        entries = entries.where((where) =>
          where.or([
            where('at_ms', '<', before.at_ms),
            where.and([where('at_ms', '=', before.at_ms), where('id', '<', before.id)]),
          ]),
        );
      return await entries.orderBy('at_ms', 'desc').orderBy('id', 'desc').limit(limit).execute();
    },
  };
}
