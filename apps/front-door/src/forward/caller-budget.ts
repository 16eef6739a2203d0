/** What one caller may ask of somebody else's server, in tokens: that server counts them all as ours. */
export interface BudgetTerms {
  /** Of a caller that has been quiet. */
  readonly most: number;
  readonly perSecond: number;
  /** Connections that stand at once. */
  readonly sockets: number;
}

export interface CallerBudget {
  /** @returns 0 when the caller may, else how long it has to wait, in milliseconds */
  take(caller: string, tokens: number): number;
  /** @returns null when the caller has too many; else to be called when the connection is over */
  openSocket(caller: string): (() => void) | null;
}

interface Account {
  tokens: number;
  atMs: number;
}

/** Callers that are remembered: with more, the one that has been quiet longest is forgotten. */
const mostCallers = 10_000;

/** A bucket of tokens for each caller, which fills by itself. @param now milliseconds that never go back */
export function callerBudget({ most, perSecond, sockets }: BudgetTerms, now: () => number): CallerBudget {
  // In the order of their last request.
  const accounts = new Map<string, Account>();
  const open = new Map<string, number>();
  return {
    take(address, tokens) {
      const caller = networkOf(address);
      const atMs = now();
      const before = accounts.get(caller) ?? { tokens: most, atMs };
      const filled = Math.min(most, before.tokens + ((atMs - before.atMs) / 1000) * perSecond);
      const isEnough = filled >= tokens;
      accounts.delete(caller);
      accounts.set(caller, { tokens: isEnough ? filled - tokens : filled, atMs });
      if (accounts.size > mostCallers) accounts.delete(accounts.keys().next().value as string);
      return isEnough ? 0 : Math.ceil(((Math.min(tokens, most) - filled) / perSecond) * 1000);
    },
    openSocket(address) {
      const caller = networkOf(address);
      const count = open.get(caller) ?? 0;
      if (count >= sockets) return null;
      open.set(caller, count + 1);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        const left = (open.get(caller) ?? 1) - 1;
        if (left === 0) open.delete(caller);
        else open.set(caller, left);
      };
    },
  };
}

/** Whoever has one IPv6 address has 2^64 of them. RFC 6177. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  if (tail !== undefined) {
    const rest = tail.split(':').filter((group) => group !== '');
    while (groups.length + rest.length < 8) groups.push('0');
    groups.push(...rest);
  }
  return groups.slice(0, 4).join(':');
}
