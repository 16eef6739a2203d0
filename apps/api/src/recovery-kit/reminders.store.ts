import type { Kysely } from 'kysely';
import type { Reminder, Tables } from '../database/tables.ts';

export type RemindersStore = ReturnType<typeof remindersStore>;

export function remindersStore(db: Kysely<Tables>) {
  return {
    async snooze(accountId: string, reminder: Reminder, untilMs: number): Promise<void> {
      await db
        .insertInto('reminders')
        .values({ account_id: accountId, reminder, snoozed_until_ms: untilMs })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'reminder']).doUpdateSet({ snoozed_until_ms: untilMs }),
        )
        .execute();
    },

    async snoozedOf(accountId: string): Promise<Partial<Record<Reminder, number>>> {
      const rows = await db.selectFrom('reminders').selectAll().where('account_id', '=', accountId).execute();
      return Object.fromEntries(rows.map(({ reminder, snoozed_until_ms }) => [reminder, snoozed_until_ms]));
    },
  };
}
