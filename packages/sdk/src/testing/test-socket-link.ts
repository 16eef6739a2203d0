import { WebSocket } from 'ws';
import type { Socket, SocketLink } from '../deps.ts';
import type { TestNetwork } from './network.ts';

/** Waiting ends at once: what is tested is that a client tries again, not when. */
export function waitWhile({ isStopped }: Pick<TestNetwork, 'isStopped'>): SocketLink['wait'] {
  return (_, signal) =>
    isStopped() && !signal.aborted
      ? new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      : Promise.resolve();
}

/** Real sockets of one device. */
export function testSocketLink(network: Pick<TestNetwork, 'teamKey' | 'isStopped'>): SocketLink & {
  /** Every socket that was opened, the last one last. */
  readonly opened: Socket[];
  /** How many frames this device has sent: a hello for each connection, an ack for each message. */
  framesSent(): number;
} {
  const opened: Socket[] = [];
  let sent = 0;
  return {
    opened,
    framesSent: () => sent,
    teamKey: network.teamKey,
    open(url) {
      const real = new WebSocket(url);
      const send = real.send.bind(real);
      real.send = (frame: Parameters<typeof send>[0]) => {
        sent += 1;
        send(frame);
      };
      const socket = real as unknown as Socket;
      opened.push(socket);
      return socket;
    },
    wait: waitWhile(network),
    alone: (_signal, work) => work(),
  };
}
