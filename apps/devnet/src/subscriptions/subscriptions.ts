import type { Address } from '@solana/kit';
import type { DevnetParts } from '../devnet-parts.ts';
import type { Executed } from '../ledger/ledger.ts';
import { type AccountSettings, encodeAccount } from '../rpc/encode-account.ts';
import { type ReadSettings, readAt, slotAt } from '../rpc/params.ts';
import { RpcError } from '../rpc/rpc-error.ts';
import type { SlotSignal } from '../slots/slot-signal.ts';

/** One WebSocket, as subscriptions see it. */
export interface Connection {
  notify(method: string, subscription: number, result: unknown): void;
}

export interface Subscriptions {
  onSlot(connection: Connection): number;
  /** Told once, and over with that. */
  onSignature(connection: Connection, signature: string, settings: ReadSettings): number;
  onAccount(connection: Connection, address: Address, settings: ReadSettings & AccountSettings): number;
  /** @returns whether this connection had such a subscription */
  end(connection: Connection, id: number): boolean;
  endAll(connection: Connection): void;
}

interface Subscription {
  readonly connection: Connection;
  /** Wants to hear of each slot. */
  readonly isSlot: boolean;
  readonly executed?: (executed: Executed) => void;
  /** What has to be said once the open slot is closed. */
  whenClosed: { readonly slot: number; readonly say: () => void } | null;
}

const maxOfConnection = 100;

/** Who wants to hear of what. The slot signal runs only while somebody waits for a slot. */
export function openSubscriptions(parts: DevnetParts, signal: SlotSignal): Subscriptions {
  const all = new Map<number, Subscription>();
  const byConnection = new Map<Connection, Set<number>>();
  let lastId = 0;
  let stopSlots: (() => void) | null = null;

  const listenAsNeeded = () => {
    const isNeeded = [...all.values()].some((one) => one.isSlot || one.whenClosed !== null);
    if (isNeeded && stopSlots === null) stopSlots = signal.onSlot(onSlot);
    if (!isNeeded && stopSlots !== null) {
      stopSlots();
      stopSlots = null;
    }
  };
  const onSlot = (slot: number) => {
    for (const [id, one] of [...all]) {
      if (one.isSlot)
        one.connection.notify('slotNotification', id, { slot, parent: slot - 1, root: slot - 1 });
      const due = one.whenClosed;
      if (due === null || due.slot >= slot) continue;
      one.whenClosed = null;
      due.say();
    }
    listenAsNeeded();
  };
  parts.ledger.onExecuted((executed) => {
    for (const one of [...all.values()]) one.executed?.(executed);
    listenAsNeeded();
  });

  const remove = (id: number) => {
    const one = all.get(id);
    all.delete(id);
    if (one !== undefined) byConnection.get(one.connection)?.delete(id);
  };
  const add = (connection: Connection, make: (id: number) => Subscription): number => {
    const own = byConnection.get(connection) ?? new Set();
    if (own.size >= maxOfConnection)
      throw new RpcError('invalidRequest', `A connection has at most ${maxOfConnection} subscriptions`);
    lastId += 1;
    byConnection.set(connection, own.add(lastId));
    all.set(lastId, make(lastId));
    listenAsNeeded();
    return lastId;
  };

  return {
    onSlot: (connection) => add(connection, () => ({ connection, isSlot: true, whenClosed: null })),
    onSignature(connection, signature, settings) {
      const isOpen = settings.commitment === 'processed';
      return add(connection, (id) => {
        const say = (err: Executed['err']) => {
          const slot = slotAt(parts, isOpen ? 'open' : 'closed');
          connection.notify('signatureNotification', id, { context: { slot }, value: { err } });
          remove(id);
        };
        const one: Subscription = {
          connection,
          isSlot: false,
          whenClosed: null,
          executed(executed) {
            if (executed.signature !== signature) return;
            if (isOpen) say(executed.err);
            else one.whenClosed = { slot: executed.slot, say: () => say(executed.err) };
          },
        };
        const logged = parts.store.find(signature);
        if (logged !== null) {
          const isSayable = isOpen || logged.slot < parts.slots.current();
          // After the answer that tells the caller the number.
          if (isSayable) queueMicrotask(() => setImmediate(() => all.has(id) && say(logged.record.err)));
          else one.whenClosed = { slot: logged.slot, say: () => say(logged.record.err) };
        }
        return one;
      });
    },
    onAccount(connection, address, settings) {
      const isOpen = settings.commitment === 'processed';
      return add(connection, (id) => {
        const say = () => {
          const { at, context } = readAt(parts, settings);
          const account = parts.ledger.account(address, at);
          const find = (one: Address) => parts.ledger.account(one, at);
          const value = account ? encodeAccount(account, settings, find) : emptied;
          connection.notify('accountNotification', id, { context: { slot: context.slot }, value });
        };
        const one: Subscription = {
          connection,
          isSlot: false,
          whenClosed: null,
          executed({ changed, slot }) {
            if (!changed.has(address)) return;
            if (isOpen) say();
            else one.whenClosed = { slot, say };
          },
        };
        return one;
      });
    },
    end(connection, id) {
      if (!byConnection.get(connection)?.has(id)) return false;
      remove(id);
      listenAsNeeded();
      return true;
    },
    endAll(connection) {
      for (const id of [...(byConnection.get(connection) ?? [])]) remove(id);
      byConnection.delete(connection);
      listenAsNeeded();
    },
  };
}

/** An account that holds nothing any more, as clusters tell it. */
const emptied = {
  lamports: 0,
  owner: '11111111111111111111111111111111',
  executable: false,
  rentEpoch: 0,
  space: 0,
  data: ['', 'base64'],
};
