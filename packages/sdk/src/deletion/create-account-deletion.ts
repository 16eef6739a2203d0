import { routes } from '@hexkey/contract';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { OpenAccount } from '../account/open-account.ts';
import type { AccountDeletion } from './account-deletion.ts';
import { openDeletion } from './open-deletion.ts';

/** @param leave takes the page to the landing page once what it is given has ended well */
export function createAccountDeletion(
  client: Client,
  open: OpenAccount,
  leave: (departure: () => Promise<void>) => Promise<void>,
): AccountDeletion {
  return {
    pending: () =>
      open.read(async (account) => {
        const caller = callerOf(client, account);
        const { pending } = await client.api.call(routes.getDeletion, { caller });
        if (pending === null) return null;
        const { requestedAtMs, effectiveAtMs } = pending;
        return { requestedAtMs, effectiveAtMs };
      }),
    open: (pin) => open.act((account) => openDeletion(client, account, pin, leave)),
  };
}
