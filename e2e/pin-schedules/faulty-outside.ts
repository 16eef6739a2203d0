import { decodeNodeRequest } from '@hexkey/protocol';
import type { Fetch, Vault } from '@hexkey/sdk';
import { type ClientPlan, die } from './fault-plan.ts';

/** The network and the store of a client process, as its plan lets them be. */
export interface FaultyOutside {
  readonly fetch: Fetch;
  readonly vault: Vault;
  follow(plan: ClientPlan): void;
}

/** @param addresses of the nodes, by place */
export function faultyOutside(addresses: readonly string[], vault: Vault, first: ClientPlan): FaultyOutside {
  let plan = first;
  let counts = new Map<string, number>();
  let awaited = new Set(first.killAfter);

  function count(name: string): number {
    const next = (counts.get(name) ?? 0) + 1;
    counts.set(name, next);
    return next;
  }

  /** Does the work unless this is where the process dies. */
  async function around<T>(kind: string, work: () => Promise<T>): Promise<T> {
    const { kill } = plan;
    const isHere = kill?.kind === kind && kill.nth === count(kind);
    if (isHere && kill.when === 'before') return die();
    const result = await work();
    if (isHere) return die();
    return result;
  }

  const fetchFaulty: Fetch = async (url, init) => {
    const place = addresses.findIndex((address) => url.startsWith(address));
    if (place === -1) return around('api', () => fetch(url, init));
    const kind = kindOf(init.body as Uint8Array);
    const name = `${place}/${kind}`;
    const which = `${name}/${count(name)}`;
    return around(kind, async () => {
      try {
        return await reached(place, which, url, init);
      } finally {
        if (awaited.delete(which) && awaited.size === 0) await die();
      }
    });
  };

  async function reached(place: number, which: string, ...request: Parameters<Fetch>) {
    if (plan.away.includes(place) || plan.lostRequests.includes(which)) throw new TypeError('fetch failed');
    const response = await fetch(...request);
    if (!plan.lostAnswers.includes(which)) return response;
    await response.body?.cancel();
    throw new TypeError('fetch failed');
  }

  return {
    fetch: fetchFaulty,
    vault: {
      ...vault,
      keepAccount: (account) => around('vault', () => vault.keepAccount(account)),
      amendAccount: (accountId, change) => around('vault', () => vault.amendAccount(accountId, change)),
    },
    follow(next) {
      plan = next;
      counts = new Map();
      awaited = new Set(next.killAfter);
    },
  };
}

function kindOf(body: Uint8Array): string {
  return decodeNodeRequest(body).kind;
}
