import { memoryStore, type PinStore } from '@hexkey/pin-node';

type Written = Parameters<PinStore['replace']>[2];

/** Of a node: when something was written, it is answered once `onWritten` has done its work. */
export function watchedStore(onWritten: (record: Written) => Promise<void>): PinStore {
  const store = memoryStore();
  return {
    ...store,
    async replace(...row) {
      const isWritten = await store.replace(...row);
      await onWritten(row[2]);
      return isWritten;
    },
  };
}
