import { Secret } from '@hexkey/protocol';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { LogStore } from '../device-log/device-log.ts';
import { storageRefusal } from '../storage/storage-refusal.ts';
import { slotOf, type TicketStore } from './ticket-store.ts';

interface DeviceSchema extends DBSchema {
  log: { key: number; value: string };
  /** Characters in `log`: a line has only ASCII. */
  size: { key: 'log'; value: number };
  tickets: { key: string; value: Uint8Array };
}

const opened = new Map<string, Promise<IDBPDatabase<DeviceSchema>>>();

type InDevice = <T>(work: (database: IDBPDatabase<DeviceSchema>) => Promise<T>) => Promise<T>;

/** What belongs to the device and to no account: its log, and its tickets at support. One for each seat: see `indexedDbVault`. */
const deviceAt =
  (seat: string | null): InDevice =>
  async (work) => {
    const name = `hexkey/v1/device${seat === null ? '' : `/${seat}`}`;
    try {
      const database = opened.get(name) ?? open(name);
      opened.set(name, database);
      return await work(await database);
    } catch (error) {
      opened.delete(name);
      throw storageRefusal(error) ?? error;
    }
  };

const open = (name: string) =>
  openDB<DeviceSchema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('log', { autoIncrement: true });
      database.createObjectStore('size');
      database.createObjectStore('tickets');
    },
    // Another page deletes it, or the browser closed it: the next use opens it anew.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    terminated: () => void opened.delete(name),
  });

/** The log of a browser. */
export function indexedDbLogStore(seat: string | null = null): LogStore {
  const inDevice = deviceAt(seat);
  return {
    append: (text, limitBytes) =>
      inDevice(async (database) => {
        const transaction = database.transaction(['log', 'size'], 'readwrite');
        const log = transaction.objectStore('log');
        const size = transaction.objectStore('size');
        await log.add(text);
        let bytes = ((await size.get('log')) ?? 0) + text.length;
        for (
          let oldest = await log.openCursor();
          oldest && bytes > limitBytes;
          oldest = await oldest.continue()
        ) {
          bytes -= oldest.value.length;
          await oldest.delete();
        }
        await size.put(bytes, 'log');
        await transaction.done;
      }),
    read: () => inDevice(async (database) => (await database.getAll('log')).join('')),
  };
}

/** The tickets of a browser. */
export function indexedDbTickets(seat: string | null = null): TicketStore {
  const inDevice = deviceAt(seat);
  return {
    get: (owner) =>
      inDevice(async (database) => {
        const key = await database.get('tickets', slotOf(owner));
        return key === undefined ? null : { key: new Secret(key) };
      }),
    put: (owner, { key }) =>
      inDevice(async (database) => void (await database.put('tickets', key.reveal(), slotOf(owner)))),
    drop: (owner) => inDevice((database) => database.delete('tickets', slotOf(owner))),
  };
}
