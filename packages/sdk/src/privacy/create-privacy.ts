import { routes } from '@hexkey/contract';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { OpenAccount } from '../account/open-account.ts';
import type { Privacy } from './privacy.ts';

export function createPrivacy(client: Client, open: OpenAccount): Privacy {
  const { api } = client;
  return {
    settings: () =>
      open.read((account) => api.call(routes.getPrivacy, { caller: callerOf(client, account) })),
    change: (settings) =>
      open.act(async (account) => {
        const caller = callerOf(client, account);
        const body = { ...(await api.call(routes.getPrivacy, { caller })), ...settings };
        await api.call(routes.putPrivacy, { caller, body });
        return body;
      }),
  };
}
