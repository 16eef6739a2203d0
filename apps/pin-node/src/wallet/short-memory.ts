/** What must never rest: kept in memory for a few minutes, a few for each account, and only so many in all. */
export interface ShortMemory<T> {
  /** The oldest of the same account makes room. @returns when there is room again, when all accounts together have too many; else null */
  put(account: string, name: string, value: T, nowMs: number): number | null;
  find(account: string, name: string, nowMs: number): T | undefined;
  forget(account: string, name: string): void;
}

interface Kept<T> {
  readonly name: string;
  readonly value: T;
  readonly untilMs: number;
}

/** @param onDrop told of everything that leaves, so that secrets can be erased */
export function shortMemory<T>(limits: {
  readonly keptMs: number;
  readonly perAccount: number;
  readonly inAll: number;
  readonly onDrop: (value: T) => void;
}): ShortMemory<T> {
  const accounts = new Map<string, readonly Kept<T>[]>();
  let count = 0;

  function keep(account: string, stays: (kept: Kept<T>) => boolean): readonly Kept<T>[] {
    const before = accounts.get(account) ?? [];
    const after = before.filter(stays);
    for (const kept of before) if (!after.includes(kept)) limits.onDrop(kept.value);
    count += after.length - before.length;
    if (after.length === 0) accounts.delete(account);
    else accounts.set(account, after);
    return after;
  }

  return {
    put(account, name, value, nowMs) {
      if (count >= limits.inAll)
        for (const each of [...accounts.keys()]) keep(each, ({ untilMs }) => untilMs > nowMs);
      const others = keep(account, (kept) => kept.name !== name && kept.untilMs > nowMs);
      const [oldest] = others;
      if (count >= limits.inAll && oldest === undefined) {
        limits.onDrop(value);
        return nowMs + limits.keptMs;
      }
      const room =
        others.length >= limits.perAccount || count >= limits.inAll
          ? keep(account, (kept) => kept !== oldest)
          : others;
      accounts.set(account, [...room, { name, value, untilMs: nowMs + limits.keptMs }]);
      count += 1;
      return null;
    },
    find(account, name, nowMs) {
      return keep(account, ({ untilMs }) => untilMs > nowMs).find((kept) => kept.name === name)?.value;
    },
    forget(account, name) {
      keep(account, (kept) => kept.name !== name);
    },
  };
}
