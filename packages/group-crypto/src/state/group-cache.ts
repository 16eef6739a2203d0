import type { GroupChange, GroupStore } from '../store/group-store.ts';
import { loadGroup } from './group-rows.ts';
import type { HeldGroup } from './held-group.ts';

/** Groups of which the state stays decoded: reading one of 256 devices takes 50 ms. */
const maximumHeld = 64;

/** The groups of a store, decoded once. Nothing is in memory that is not in the store. */
export interface GroupCache {
  load(groupId: string): Promise<HeldGroup | null>;
  /** Writes `changes`, after which the group is `after`; null when it is gone. */
  write(changes: readonly GroupChange[], groupId: string, after: HeldGroup | null): Promise<void>;
}

export function groupCache(store: GroupStore): GroupCache {
  const held = new Map<string, HeldGroup>();
  const hold = (group: HeldGroup) => {
    // A map keeps the order of insertion: the first one is the one not used for longest.
    held.delete(group.groupId);
    held.set(group.groupId, group);
    const [oldest] = held.keys();
    if (held.size > maximumHeld && oldest !== undefined) held.delete(oldest);
    return group;
  };
  return {
    async load(groupId) {
      const group = held.get(groupId) ?? (await loadGroup(store, groupId));
      return group === null ? null : hold(group);
    },
    async write(changes, groupId, after) {
      // Out first: whether a write that failed has taken effect is known only to the store.
      held.delete(groupId);
      await store.write(changes);
      if (after !== null) hold(after);
    },
  };
}
