import { socketPath } from '@hexkey/contract';
import type { GroupCrypto, Received } from '@hexkey/group-crypto';
import {
  type DeviceFrame,
  decodeServerFrame,
  type EnvelopePush,
  encodeDeviceFrame,
  type ServerFrame,
  signEd25519,
  socketHelloStatement,
} from '@hexkey/protocol';
import { WebSocket } from 'ws';
import type { PersonWithPin } from './journeys.ts';
import type { TestApi } from './test-api.ts';
import { until } from './test-socket.ts';

type Verdict = Extract<ServerFrame, { type: 'sent' | 'not_sent' }>;

/** A device's socket after its welcome; it acks what it is told to. */
export interface ChatSocket {
  readonly socket: WebSocket;
  /** How many key packages the server had at the welcome. */
  readonly keyPackages: number;
  /** Envelopes so far, oldest first. */
  readonly envelopes: EnvelopePush[];
  /** Everything else so far. */
  readonly others: ServerFrame[];
  readonly closed: Promise<number>;
  /** @returns the answer */
  send(frame: Omit<Extract<DeviceFrame, { type: 'send' }>, 'id'>): Promise<Verdict>;
  ask(clientMessageIds: readonly string[]): Promise<readonly string[]>;
  ack(...envelopeIds: string[]): void;
  /** Waits for the next envelopes, opens each with the device's keys and acks it. */
  take(crypto: GroupCrypto, count: number): Promise<Received[]>;
  close(): void;
}

export async function openChatSocket(
  api: Pick<TestApi, 'url'>,
  { device, session: { sessionId } }: PersonWithPin,
): Promise<ChatSocket> {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}${socketPath}`);
  const envelopes: EnvelopePush[] = [];
  const others: ServerFrame[] = [];
  const answers = new Map<number, (frame: never) => void>();
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  let keyPackages = -1;
  let nextId = 1;
  let taken = 0;
  const say = (frame: DeviceFrame) => socket.send(encodeDeviceFrame(frame));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.on('message', (data) => {
      const frame = decodeServerFrame(new Uint8Array(data as Buffer));
      if (frame.type === 'challenge') {
        const signature = signEd25519(device.pair, socketHelloStatement({ nonce: frame.nonce, sessionId }));
        return say({ type: 'hello', sessionId, client: 'web/0.1.0', signature });
      }
      if (frame.type === 'welcome') {
        ({ keyPackages } = frame);
        return resolve();
      }
      if (frame.type === 'envelope') return void envelopes.push(frame);
      const answer = 'id' in frame && frame.id !== null ? answers.get(frame.id) : undefined;
      if (answer !== undefined) answer(frame as never);
      else others.push(frame);
    });
  });
  const answerTo = <F>(id: number) =>
    new Promise<F>((resolve, reject) => {
      answers.set(id, resolve);
      void closed.then((code) => reject(new Error(`closed with ${code} before the answer`)));
    });
  const ack = (...envelopeIds: string[]) => say({ type: 'ack', envelopeIds });
  return {
    socket,
    keyPackages,
    envelopes,
    others,
    closed,
    ack,
    send(frame) {
      const id = nextId++;
      say({ ...frame, id });
      return answerTo<Verdict>(id);
    },
    async ask(clientMessageIds) {
      const id = nextId++;
      say({ type: 'ask_delivered', id, clientMessageIds });
      return (await answerTo<Extract<ServerFrame, { type: 'delivered' }>>(id)).clientMessageIds;
    },
    async take(crypto, count) {
      await until(() => envelopes.length >= taken + count);
      const received: Received[] = [];
      for (const { envelopeId, groupId, kind, body } of envelopes.slice(taken, taken + count)) {
        if (kind !== 'notice') received.push(await crypto.receive({ envelopeId, groupId, kind, body }));
        ack(envelopeId);
      }
      taken += count;
      return received;
    },
    close: () => socket.terminate(),
  };
}
