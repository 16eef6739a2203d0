import { equalBytes } from '@hexkey/protocol';
import type { GroupChange, GroupStore, GroupTable } from '../store/group-store.ts';

/** What every store must do, as functions without a test framework: they also run inside a page. */
export type OpenStore = () => Promise<GroupStore>;

const put = (table: GroupTable, key: string, ...bytes: number[]): GroupChange => ({
  table,
  key,
  value: Uint8Array.from(bytes),
});

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

async function mustHold(store: GroupStore, table: GroupTable, key: string, ...bytes: number[]) {
  const value = await store.get(table, key);
  must(
    value !== null && equalBytes(value, Uint8Array.from(bytes)),
    `${table}/${key} is ${value ?? 'missing'}`,
  );
}

/** Each gets a store that is empty, and can open it again. */
export const groupStoreRules: Readonly<Record<string, (open: OpenStore) => Promise<void>>> = {
  'gives back what was written, and nothing of another table'(open) {
    return using(open, async (store) => {
      must((await store.get('groups', 'a')) === null, 'not empty');
      await store.write([put('groups', 'a', 1, 2), put('outbox', 'a', 3), put('inbox', 'empty')]);
      await mustHold(store, 'groups', 'a', 1, 2);
      await mustHold(store, 'outbox', 'a', 3);
      await mustHold(store, 'inbox', 'empty');
      must((await store.get('seen', 'a')) === null, 'another table has it');
    });
  },
  'the last change of a key counts, deletions too'(open) {
    return using(open, async (store) => {
      await store.write([put('groups', 'a', 1), put('groups', 'a', 2)]);
      await mustHold(store, 'groups', 'a', 2);
      await store.write([{ table: 'groups', key: 'a', value: null }, put('groups', 'a', 3)]);
      await mustHold(store, 'groups', 'a', 3);
      await store.write([put('groups', 'a', 4), { table: 'groups', key: 'a', value: null }]);
      must((await store.get('groups', 'a')) === null, 'not deleted');
    });
  },
  'lists a prefix in the order of keys'(open) {
    return using(open, async (store) => {
      await store.write([
        put('inbox', 'b/2', 2),
        put('inbox', 'b/10', 10),
        put('inbox', 'a/9', 9),
        put('inbox', 'ba', 0),
        put('future', 'b/1', 1),
      ]);
      const keys = (await store.list('inbox', 'b/')).map(({ key }) => key);
      must(keys.join() === 'b/10,b/2', `listed ${keys}`);
      const all = (await store.list('inbox')).map(({ key, value }) => `${key}:${value}`);
      must(all.join() === 'a/9:9,b/10:10,b/2:2,ba:0', `listed ${all}`);
    });
  },
  'a write that cannot be done whole leaves nothing'(open) {
    return using(open, async (store) => {
      await store.write([put('groups', 'a', 1)]);
      const broken = { table: 'no-such-table', key: null, value: Uint8Array.of(9) } as unknown as GroupChange;
      const failed = await store.write([put('groups', 'a', 2), put('groups', 'b', 2), broken]).then(
        () => false,
        () => true,
      );
      must(failed, 'it was taken');
      await mustHold(store, 'groups', 'a', 1);
      must((await store.get('groups', 'b')) === null, 'half of it was written');
    });
  },
  'what is changed after a write or a read changes nothing in it'(open) {
    return using(open, async (store) => {
      const value = Uint8Array.of(1, 2, 3);
      await store.write([{ table: 'groups', key: 'a', value }]);
      value.fill(9);
      (await store.get('groups', 'a'))?.fill(8);
      await mustHold(store, 'groups', 'a', 1, 2, 3);
    });
  },
  'keeps its rows when it is opened again'(open) {
    return using(open, async (store) => {
      await store.write([put('groups', 'a', 7)]);
      await store.close();
      await using(open, (again) => mustHold(again, 'groups', 'a', 7));
    });
  },
};

async function using(open: OpenStore, work: (store: GroupStore) => Promise<void>): Promise<void> {
  const store = await open();
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
