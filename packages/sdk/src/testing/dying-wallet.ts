import { routes } from '@hexkey/contract';
import { decodeWalletRequest } from '@hexkey/protocol';
import type { Fetch } from '../deps.ts';

/**
 * A process that dies while it makes a wallet or pays: once `steps` requests that change something have gone out, the next one and all after it go nowhere. With
 * `losesLastAnswer` the last one that goes out still reaches its part, but its answer arrives nowhere.
 */
export function dyingFetch(next: Fetch, steps: number, losesLastAnswer: boolean): Fetch {
  let taken = 0;
  let isDead = false;
  const die = () => {
    isDead = true;
    return new TypeError('fetch failed');
  };
  return async (url, init) => {
    if (isDead) throw die();
    if (!changesSomething(url, init)) return next(url, init);
    if (taken === steps) throw die();
    taken += 1;
    const isLast = taken === steps;
    const response = await next(url, init);
    if (isLast && losesLastAnswer) throw die();
    return response;
  };
}

function changesSomething(url: string, init: RequestInit): boolean {
  if (url.endsWith('/wallet') && init.body instanceof Uint8Array)
    return decodeWalletRequestKind(init.body) !== 'WalletStatus';
  if (url.endsWith('/ledger/')) return String(init.body).includes('"sendTransaction"');
  const { createWallet, createTransfer, putSignedTransfer, settleTransfer } = routes;
  return [createWallet, createTransfer, putSignedTransfer, settleTransfer].some(
    ({ path, method }) => url.endsWith(path) && init.method === method,
  );
}

/** Null for what is no request to a node: the account API has a path of the same end. */
function decodeWalletRequestKind(body: Uint8Array): string | null {
  try {
    return decodeWalletRequest(body).kind;
  } catch {
    // JSON: the route of the account API.
    return null;
  }
}
