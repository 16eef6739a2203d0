import { routes, type SignedDeviceListView } from '@hexkey/contract';
import { type DeviceList, fromBase64url, textOf, verifyDeviceList } from '@hexkey/protocol';
import type { Fetch } from '../deps.ts';

/** A server's eye on device lists: each one it took, oldest first. */
export function watchedLists(next: Fetch = fetch): { readonly fetch: Fetch; readonly taken: DeviceList[] } {
  const taken: DeviceList[] = [];
  return {
    taken,
    async fetch(url, init) {
      const response = await next(url, init);
      if (response.ok && url.endsWith(routes.putDeviceList.path)) {
        const body = JSON.parse(textOf(init.body as Uint8Array)) as SignedDeviceListView;
        const signed = { list: fromBase64url(body.list), signature: fromBase64url(body.signature) };
        taken.push(verifyDeviceList(signed) as DeviceList);
      }
      return response;
    },
  };
}
