import { DomainError } from '@hexkey/contract';
import type { DeviceFrame, ServerFrame } from '@hexkey/protocol';
import { oneAtATime } from '../../one-at-a-time.ts';
import { tellTaken } from '../attachments/tell-taken.ts';
import { listChats } from '../state/chat-record.ts';
import { noteDelivered, undelivered } from '../state/message-record.ts';
import type { Engine } from './engine.ts';
import { publishKeyPackages, takeCredential } from './publish-key-packages.ts';
import { refreshChats } from './refresh-chats.ts';
import { renewAfter, renewChats } from './renew-chats.ts';
import { enterArrived, takeEnvelope, takeTransient } from './take-envelope.ts';
import { tellChangedCode } from './tell-changed-code.ts';
import { refreshDevices, tidyAfter } from './tidy-chats.ts';
import { watchEndings } from './watch-endings.ts';
import { createWire } from './wire.ts';
import { workOrders } from './work-orders.ts';

/** Conversations at work, on the page that has the socket. */
export interface RunningEngine {
  /** A connection is there. @param keyPackages how many the server still has of this device */
  onLive(send: (frame: DeviceFrame) => void, keyPackages: number): void;
  /** A frame of it, one after another. @throws what keeps an envelope from being taken: the connection is to be ended */
  take(frame: ServerFrame): Promise<void>;
  onLost(): void;
  /** There may be something new to do. */
  wake(): void;
  close(): Promise<void>;
}

const idsAtOnce = 100;

export function runEngine(parts: Omit<Engine, 'wire' | 'wake'>): RunningEngine {
  const wire = createWire();
  const lookAtEndings = watchEndings(parts);
  const engine: Engine = {
    ...parts,
    wire,
    wake,
    changed(chatId) {
      parts.changed(chatId);
      lookAtEndings();
    },
  };
  const { book, client, identity, crypto, changed, signal } = engine;
  const orders = workOrders(engine);
  const inTurn = oneAtATime();

  /** What the server is asked about, one round at a time. What could not be asked is asked at the next connection. */
  function look(round: () => Promise<void>): void {
    client.background(
      inTurn(async () => {
        try {
          if (!signal.aborted && wire.isLive()) await round();
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
        orders.wake();
      }),
    );
  }

  async function refreshIfStale(): Promise<void> {
    if ((await listChats(book)).some(({ isStale }) => isStale)) await refreshChats(engine);
  }

  function wake(): void {
    lookAtEndings();
    orders.wake();
    look(refreshIfStale);
  }

  async function askDelivered(): Promise<void> {
    const ids = await undelivered(book);
    for (let first = 0; first < ids.length; first += idsAtOnce)
      await wire.ask(
        { type: 'ask_delivered', clientMessageIds: ids.slice(first, first + idsAtOnce) },
        async (answer) => {
          if (answer.type === 'delivered') await takeDelivered(answer.clientMessageIds);
        },
      );
  }

  async function takeDelivered(ids: readonly string[]): Promise<void> {
    for (const chatId of await book.change((rows) => noteDelivered(rows, ids))) changed(chatId);
  }

  const unsubscribe = identity.subscribe((change) => {
    wake();
    // Safety numbers, shields and obstacles are of now; the other page that did it has told its screens.
    if (change.kind !== 'elsewhere') changed(null);
    client.background(tidyAfter(engine, change));
    client.background(renewAfter(engine, change));
    if (change.kind === 'own') look(() => takeCredential(engine));
    if (change.kind === 'code-changed') client.background(tellChangedCode(engine, change.accountId));
  });
  return {
    onLive(send, keyPackages) {
      wire.attach(send);
      changed(null);
      look(async () => {
        await enterArrived(engine);
        await tellTaken(engine);
        await publishKeyPackages(engine, keyPackages);
        await refreshChats(engine, 0);
        await askDelivered();
        await refreshDevices(engine);
        client.background(renewChats(engine));
      });
    },
    async take(frame) {
      if (frame.type === 'envelope') await takeEnvelope(engine, frame);
      else if (frame.type === 'transient') await takeTransient(engine, frame);
      else if (frame.type === 'delivered' && frame.id === null) await takeDelivered(frame.clientMessageIds);
      else if (
        frame.type === 'sent' ||
        frame.type === 'not_sent' ||
        frame.type === 'delivered' ||
        frame.type === 'caught_up'
      )
        await wire.answer(frame);
    },
    onLost() {
      wire.detach();
      changed(null);
    },
    wake,
    async close() {
      wire.detach();
      unsubscribe();
      await orders.idle();
      await crypto.close();
    },
  };
}
