import { lockKey } from '../app-lock/kept-lock.ts';

/** One account's place in this browser: its own vault, locks, channel and socket. The first has the names of before there were others. */
export type SeatId = string;
export const firstSeat: SeatId = 'first';

/** What is kept of an account outside of its own databases: enough to choose it by. */
export interface SeatedAccount {
  readonly seat: SeatId;
  readonly accountId: string;
  /** Null until its PIN was first shown here. */
  readonly hexkeyId: string | null;
  readonly name: string | null;
}

/** As another account's tab may show it. */
export interface OtherAccount extends SeatedAccount {
  /** Its owner wants nothing of it seen: its name is left out. */
  readonly hasLock: boolean;
}

const accountKey = (seat: SeatId) => `hexkey/v1/seat/${seat}`;
const ownKey = 'hexkey/v1/own-seat';
const lastKey = 'hexkey/v1/last-seat';
const seatForm = /^(first|[0-9a-f-]{36})$/;

/**
 * The accounts of this browser. A tab has one of them and stays with it; another one begins with a new load of the client, so that
 * nothing of the first is left in its memory.
 */
export interface Seats {
  /** This tab's. */
  readonly own: SeatId;
  others(): readonly OtherAccount[];
  /** Who sits here. @returns the seat they have already, if it is another one */
  note(account: Omit<SeatedAccount, 'seat'>): SeatId | null;
  /** Nobody sits here any more. The app lock goes too: it may have been open in no tab when the login ended. */
  clear(): void;
  /** The next load of this tab, and of tabs to come. What this tab kept for the account before is dropped. */
  choose(seat: SeatId): void;
  newSeat(): SeatId;
}

/** @param local seen by all tabs, @param session by this one @param newUuid names a seat */
export function createSeats(local: Storage, session: Storage, newUuid: () => string): Seats {
  const own = seatIn(session.getItem(ownKey)) ?? seatIn(local.getItem(lastKey)) ?? firstSeat;
  session.setItem(ownKey, own);
  const all = () =>
    Array.from({ length: local.length }, (_, index) => local.key(index) ?? '')
      .flatMap((key) => accountAt(key, local.getItem(key)))
      .sort((left, right) => (left.hexkeyId ?? '').localeCompare(right.hexkeyId ?? ''));
  const forgetLock = () => {
    const leaving = all().find((one) => one.seat === own);
    if (leaving) local.removeItem(lockKey(leaving.accountId));
  };
  return {
    own,
    others: () =>
      all()
        .filter(({ seat }) => seat !== own)
        .map((account) => {
          const hasLock = local.getItem(lockKey(account.accountId)) !== null;
          return { ...account, hasLock, name: hasLock ? null : account.name };
        }),
    note({ accountId, hexkeyId, name }) {
      const there = all().find((one) => one.accountId === accountId && one.seat !== own);
      if (there) return there.seat;
      const before = all().find((one) => one.accountId === accountId);
      if (!before) forgetLock();
      const known = hexkeyId === null && before ? before : { hexkeyId, name };
      const kept = { accountId, hexkeyId: known.hexkeyId, name: known.name };
      local.setItem(accountKey(own), JSON.stringify(kept));
      return null;
    },
    clear() {
      forgetLock();
      local.removeItem(accountKey(own));
    },
    choose(seat) {
      session.clear();
      session.setItem(ownKey, seat);
      local.setItem(lastKey, seat);
    },
    newSeat: newUuid,
  };
}

const seatIn = (text: string | null): SeatId | null => (text !== null && seatForm.test(text) ? text : null);

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

/** Whatever stands there, only what has the form of an account is shown. */
function accountAt(key: string, text: string | null): SeatedAccount[] {
  const prefix = accountKey('');
  const seat = key.startsWith(prefix) ? seatIn(key.slice(prefix.length)) : null;
  if (seat === null || text === null) return [];
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null) return [];
    const { accountId, hexkeyId, name } = kept as Readonly<Record<string, unknown>>;
    if (typeof accountId !== 'string') return [];
    return [{ seat, accountId, hexkeyId: textOrNull(hexkeyId), name: textOrNull(name) }];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
