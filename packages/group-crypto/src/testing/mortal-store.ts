import type { GroupStore } from '../store/group-store.ts';

/** The process ends here. */
export class Killed extends Error {}

/**
 * A store whose process is killed at one of its writes, before or after it has taken effect; the rows stay. A killed one does nothing
 * more until `revive`.
 */
export function mortalStore(inner: GroupStore, killAt: number, when: 'before' | 'after') {
  let writes = 0;
  let dead = false;
  const alive = () => {
    if (dead) throw new Killed();
  };
  const store: GroupStore = {
    async get(table, key) {
      alive();
      return inner.get(table, key);
    },
    async list(table, prefix) {
      alive();
      return inner.list(table, prefix);
    },
    async write(changes) {
      alive();
      writes += 1;
      const last = writes === killAt;
      if (last && when === 'before') dead = true;
      alive();
      await inner.write(changes);
      if (last) dead = true;
      alive();
    },
    async close() {},
  };
  return {
    store,
    writes: () => writes,
    revive() {
      dead = false;
    },
  };
}
