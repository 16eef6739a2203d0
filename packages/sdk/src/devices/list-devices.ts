import { type DeviceView, routes } from '@hexkey/contract';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { KeptAccount } from '../storage/vault.ts';

/** Every device that is logged in to the account, this one first. */
export async function listDevices(client: Client, account: KeptAccount): Promise<readonly DeviceView[]> {
  const { devices } = await client.api.call(routes.listDevices, { caller: callerOf(client, account) });
  return devices;
}
