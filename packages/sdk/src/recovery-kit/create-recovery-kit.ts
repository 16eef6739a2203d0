import { routes } from '@hexkey/contract';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { OpenAccount } from '../account/open-account.ts';
import { openPinFlow } from '../account/open-pin-flow.ts';
import { openRecoveryContact } from '../recovery-contact/open-recovery-contact.ts';
import { openDrill } from './open-drill.ts';
import { openPhoneLink } from './open-phone-link.ts';
import { openWordsBackup } from './open-words-backup.ts';
import type { RecoveryKit } from './recovery-kit.ts';

export function createRecoveryKit(client: Client, open: OpenAccount): RecoveryKit {
  const { api } = client;
  return {
    state: () =>
      open.read((account) => api.call(routes.getRecoveryKit, { caller: callerOf(client, account) })),
    snooze: (reminder) =>
      open.read(async (account) => {
        await api.call(routes.snoozeReminder, { caller: callerOf(client, account), body: { reminder } });
      }),
    openDrill: (method, pin) => open.act((account) => openDrill(client, account, method, pin)),
    openWords: (pin) => open.act((account) => openWordsBackup(client, account, pin)),
    openPhone: (pin) => open.act((account) => openPhoneLink(client, account, pin)),
    openContact: (pin) => open.act((account) => openRecoveryContact(client, account, pin)),
    refuseContactLogin: (contactLoginId, pin) =>
      open.act(async (account) => {
        const flow = await openPinFlow(client, account, { pin, operation: routes.refuseContactLogin.name });
        try {
          await flow.call(routes.refuseContactLogin, { body: { contactLoginId } });
        } finally {
          flow.close();
        }
      }),
  };
}
