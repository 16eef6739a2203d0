import type { AnswerOf, BodyOf, routes, SignedDeviceListView } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import type { StoredDeviceList } from './device-lists.store.ts';

/** The lists of the accounts that are in a conversation with the caller; of a stranger not even that there is one. */
export async function readDeviceLists(
  { stores }: Pick<Deps, 'stores'>,
  { account }: Caller,
  { accountIds }: BodyOf<typeof routes.getDeviceLists>,
): Promise<AnswerOf<typeof routes.getDeviceLists>> {
  const lists = await stores.deviceLists.listFor(account.id, accountIds);
  return { lists: lists.map((each) => ({ accountId: each.account_id, ...deviceListView(each) })) };
}

export function deviceListView({ list, signature }: StoredDeviceList): SignedDeviceListView {
  return { list: toBase64url(list), signature: toBase64url(signature) };
}
