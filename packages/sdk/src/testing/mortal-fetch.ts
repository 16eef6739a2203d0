import { routes } from '@hexkey/contract';
import { decodeMoveRequest, decodeNodeRequest } from '@hexkey/protocol';
import type { Fetch } from '../deps.ts';

/**
 * A process that dies while it sets, changes or moves a PIN: after `steps` requests that change something nothing goes out any more. With
 * `losesLastAnswer` the last of them still reaches its part, but its answer arrives nowhere.
 *
 * @param counts which requests; by default those that change something
 */
export function mortalFetch(
  next: Fetch,
  steps: number,
  losesLastAnswer: boolean,
  counts: (url: string, init: RequestInit) => boolean = changesSomething,
): Fetch {
  let taken = 0;
  return async (url, init) => {
    if (taken >= steps) throw new TypeError('fetch failed');
    if (!counts(url, init)) return next(url, init);
    taken += 1;
    const isLast = taken === steps;
    const response = await next(url, init);
    if (isLast && losesLastAnswer) throw new TypeError('fetch failed');
    return response;
  };
}

function changesSomething(url: string, init: RequestInit): boolean {
  if (url.endsWith('/req'))
    return ['Stage', 'Commit'].includes(decodeNodeRequest(init.body as Uint8Array).kind);
  if (url.endsWith('/move')) return decodeMoveRequest(init.body as Uint8Array).kind !== 'MoveStatus';
  const { preparePin, activatePin, changePin, prepareNewSecret, activateNewSecret, putDeviceList } = routes;
  const told = [preparePin, activatePin, changePin, prepareNewSecret, activateNewSecret, putDeviceList];
  return [...told, routes.moveNodeSet, routes.moveWallet, routes.loginWithLegacyPin].some(
    ({ path, method }) => url.endsWith(path) && init.method === method,
  );
}
