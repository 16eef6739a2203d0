import type { Clock } from '@hexkey/protocol';
import type { Hexkey, Place } from '@hexkey/sdk';
import { createStore, type Store } from '../app/store.ts';
import { isClosed, type KeptLock, type LockMinutes, lockKey, readLock } from './kept-lock.ts';

export interface LockState {
  readonly isClosed: boolean;
  /** Null: off. */
  readonly afterMinutes: LockMinutes | null;
  readonly passkeyId: string | null;
}

/** The lock of the open account on this device, shared by its tabs through what the browser keeps. */
export interface AppLock {
  readonly state: Omit<Store<LockState>, 'set'>;
  /** @param minutes null: off, which forgets the passkey too */
  choose(minutes: LockMinutes | null): void;
  keepPasskey(passkeyId: string | null): void;
  close(): void;
  /** The PIN or the passkey was shown. */
  open(): void;
  /** The person is here. */
  noteUse(): void;
  /** The page went out of sight. */
  noteHidden(): void;
  /** Reads what another tab wrote, or what time has done. */
  look(): void;
  /** Looks first: for what is about to be shown elsewhere than on the page, which a timer may have closed too late. */
  isClosedNow(): boolean;
}

const off: LockState = { isClosed: false, afterMinutes: null, passkeyId: null };
/** How much of a use is written down: more often would only wear the disk. */
const useStepMs = 5_000;

/** @param storage outlives the tab and is seen by the account's other tabs */
export function createAppLock(given: {
  hexkey: Pick<Hexkey, 'place' | 'subscribe'>;
  clock: Clock;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}): AppLock {
  const { hexkey, clock, storage } = given;
  const state = createStore<LockState>(off);
  let place: Place = hexkey.place;
  let accountId = accountOf(place);

  const kept = () => (accountId === null ? null : readLock(storage.getItem(lockKey(accountId))));
  const look = () => {
    const lock = kept();
    const next: LockState =
      lock === null
        ? off
        : {
            isClosed: isClosed(lock, clock.now()),
            afterMinutes: lock.afterMinutes,
            passkeyId: lock.passkeyId,
          };
    const before = state.get();
    if (keys.some((key) => next[key] !== before[key])) state.set(next);
  };
  const change = (by: Partial<KeptLock>) => {
    const lock = kept();
    if (lock === null || accountId === null) return;
    storage.setItem(lockKey(accountId), JSON.stringify({ ...lock, ...by }));
    look();
  };
  const open = () => change({ isLocked: false, usedAtMs: clock.now() });

  hexkey.subscribe(() => {
    const before = place;
    place = hexkey.place;
    const left = accountId;
    accountId = accountOf(place);
    // It goes with the login: the next one begins with the PIN.
    if (left !== null && place.at === 'signed-out') storage.removeItem(lockKey(left));
    if (place.at === 'home' && (before.at === 'enter-pin' || before.at === 'set-pin')) open();
    // A page that starts was not in sight before.
    else if (before.at === 'signed-out' && kept()?.afterMinutes === 0) change({ isLocked: true });
    look();
  });

  return {
    state,
    choose(minutes) {
      if (accountId === null) return;
      if (minutes === null) storage.removeItem(lockKey(accountId));
      else {
        const lock: KeptLock = {
          passkeyId: kept()?.passkeyId ?? null,
          afterMinutes: minutes,
          isLocked: false,
          usedAtMs: clock.now(),
        };
        storage.setItem(lockKey(accountId), JSON.stringify(lock));
      }
      look();
    },
    keepPasskey: (passkeyId) => change({ passkeyId }),
    close: () => change({ isLocked: true }),
    open,
    noteUse() {
      look();
      const lock = kept();
      if (lock === null || state.get().isClosed) return;
      if (clock.now() - lock.usedAtMs >= useStepMs) change({ usedAtMs: clock.now() });
    },
    noteHidden() {
      if (kept()?.afterMinutes === 0) change({ isLocked: true });
    },
    look,
    isClosedNow() {
      look();
      return state.get().isClosed;
    },
  };
}

const keys = ['isClosed', 'afterMinutes', 'passkeyId'] as const;
const accountOf = (place: Place) => (place.at === 'signed-out' ? null : place.session.accountId);
