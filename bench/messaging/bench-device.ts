import { socketPath } from '@hexkey/contract';
import {
  decodeServerFrame,
  type EnvelopePush,
  encodeDeviceFrame,
  type ServerFrame,
  signEd25519,
  socketHelloStatement,
} from '@hexkey/protocol';
import { WebSocket } from 'ws';
import type { Device } from './town.ts';

/** A device whose socket was welcomed. It acks every envelope, those that came together in one frame. */
export interface BenchDevice {
  readonly socket: WebSocket;
  onEnvelope(listener: (push: EnvelopePush) => void): void;
  onFrame(listener: (frame: ServerFrame) => void): void;
}

export async function connectDevice(url: string, { sessionId, pair }: Device): Promise<BenchDevice> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${socketPath}`, { perMessageDeflate: false });
  let heard: (frame: ServerFrame) => void = () => undefined;
  let received: (push: EnvelopePush) => void = () => undefined;
  let toAck: string[] = [];
  const ack = () => {
    for (let first = 0; first < toAck.length; first += 100)
      socket.send(encodeDeviceFrame({ type: 'ack', envelopeIds: toAck.slice(first, first + 100) }));
    toAck = [];
  };
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`a socket was closed with ${code}`)));
    socket.on('message', (data) => {
      const frame = decodeServerFrame(new Uint8Array(data as Buffer));
      if (frame.type === 'challenge') {
        const signature = signEd25519(pair, socketHelloStatement({ nonce: frame.nonce, sessionId }));
        return socket.send(encodeDeviceFrame({ type: 'hello', sessionId, client: 'cli/0.1.0', signature }));
      }
      if (frame.type === 'welcome') return resolve();
      if (frame.type !== 'envelope') return heard(frame);
      received(frame);
      if (toAck.push(frame.envelopeId) === 1) setImmediate(ack);
    });
  });
  return {
    socket,
    onEnvelope(listener) {
      received = listener;
    },
    onFrame(listener) {
      heard = listener;
    },
  };
}
