import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { confirmWordsBackup } from './confirm-words-backup.ts';
import { endDrill } from './end-drill.ts';
import { startDrill } from './start-drill.ts';
import { viewRecoveryKit } from './view-recovery-kit.ts';

type Names = 'getRecoveryKit' | 'confirmWordsBackup' | 'startDrill' | 'endDrill' | 'snoozeReminder';
const snoozeMs = 7 * 24 * 60 * 60_000;

export function recoveryKitHandlers(deps: Deps): Pick<Handlers, Names> {
  const { clock, stores } = deps;
  return {
    getRecoveryKit: ({ caller }) => viewRecoveryKit(deps, caller),
    confirmWordsBackup: ({ caller, address }) => confirmWordsBackup(deps, caller, address),
    startDrill: ({ caller, body, address }) => startDrill(deps, caller, body, address),
    endDrill: ({ caller, body, address }) => endDrill(deps, caller, body, address),
    snoozeReminder: async ({ caller, body }) => {
      const snoozedUntilMs = clock.now() + snoozeMs;
      await stores.reminders.snooze(caller.account.id, body.reminder, snoozedUntilMs);
      return { snoozedUntilMs };
    },
  };
}
