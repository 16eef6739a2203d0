import { createStore, type Store } from '../app/store.ts';

/** What a reload would interrupt, or make a person type again. */
export type BusyReason = 'pin' | 'payment' | 'upload' | 'operation';

/** What this page is in the middle of. No new version begins meanwhile. */
export interface Busy extends Omit<Store<readonly BusyReason[]>, 'set'> {
  /** @returns the end of it; a second call does nothing */
  hold(reason: BusyReason): () => void;
}

export function createBusy(): Busy {
  const { get, set, subscribe } = createStore<readonly BusyReason[]>([]);
  return {
    get,
    subscribe,
    hold(reason) {
      set([...get(), reason]);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        const at = get().indexOf(reason);
        set(get().filter((_, index) => index !== at));
      };
    },
  };
}
