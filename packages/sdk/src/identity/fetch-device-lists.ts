import { routes, type SignedDeviceListView } from '@hexkey/contract';
import { fromBase64url, type SignedDeviceList } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { KeptAccount } from '../storage/vault.ts';

/** What one request may ask for. */
const mostAtOnce = 50;

/**
 * The lists that the server has of these accounts, as far as it shows them. Nothing about them is believed yet.
 * @throws {DomainError} `Offline` and what every request may be refused with
 */
export async function fetchDeviceLists(
  client: Client,
  account: KeptAccount,
  accountIds: readonly string[],
): Promise<readonly SignedDeviceList[]> {
  const caller = callerOf(client, account);
  const found: SignedDeviceList[] = [];
  for (let from = 0; from < accountIds.length; from += mostAtOnce) {
    const body = { accountIds: accountIds.slice(from, from + mostAtOnce) };
    const { lists } = await client.api.call(routes.getDeviceLists, { caller, body });
    found.push(...lists.map(readSignedList));
  }
  return found;
}

/** @throws {RangeError} what is no base64url; the contract's schema has been checked */
export function readSignedList({ list, signature }: SignedDeviceListView): SignedDeviceList {
  return { list: fromBase64url(list), signature: fromBase64url(signature) };
}
