import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { socketPath } from '@hexkey/contract';
import { socketCloseCodes } from '@hexkey/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Transact } from '../database/transact.ts';
import { deliveryService } from '../delivery/delivery-service.ts';
import { fanOut } from '../delivery/fan-out.ts';
import { limits } from '../limits/limits.ts';
import { type ConnectionDeps, type DeviceConnection, serveDevice } from './device-connection.ts';
import { type DeviceBudget, deviceBudget } from './send-budget.ts';
import { writeTogether } from './write-together.ts';

export interface SocketTiming {
  readonly helloTimeoutMs: number;
  readonly beatMs: number;
}
export const defaultSocketTiming: SocketTiming = { helloTimeoutMs: 10_000, beatMs: 30_000 };

/** Every open socket of this process. */
export interface DeviceSockets {
  /** Answers upgrades of a server that listens, until `close`. */
  attach(server: Server): void;
  /** Something waits for these sessions. */
  wake(sessionIds: Iterable<string>): void;
  /** Closes them; over when what they had asked for is durable. */
  close(): Promise<void>;
}

// A message has at most 64 KiB and is answered up to here, so that its sender learns what was wrong with a longer one.
const maxFrameBytes = 96 * 1024;
const serviceRestart = 1012;

/**
 * One socket for each device: a new one closes the one before.
 * @param transact wakes nobody: what the sockets' own batches queue is handed on by them
 */
export function deviceSockets(
  deps: Omit<ConnectionDeps, 'delivery'> & { readonly transact: Transact },
  timing: SocketTiming,
): DeviceSockets {
  const bySession = new Map<string, DeviceConnection>();
  const all = new Set<DeviceConnection>();
  const budgets = new Map<string, DeviceBudget>();
  const acceptor = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
  });
  const delivery = deliveryService(
    deps,
    fanOut((sessionId) => bySession.get(sessionId)),
  );
  const budgetOf = (sessionId: string) => {
    const budget =
      budgets.get(sessionId) ??
      deviceBudget(deps.clock, {
        sends: limits.sendsPerDevice,
        bytes: limits.sentBytesPerDevice,
        questions: limits.questionsPerDevice,
      });
    budgets.set(sessionId, budget);
    return budget;
  };
  const welcome = (socket: WebSocket, stream: Duplex) => {
    const connection: DeviceConnection = serveDevice({ ...deps, delivery }, socket, {
      helloTimeoutMs: timing.helloTimeoutMs,
      budgetOf,
      together: writeTogether(stream),
      onReady(sessionId) {
        bySession.get(sessionId)?.close(socketCloseCodes.displaced);
        bySession.set(sessionId, connection);
        socket.once('close', () => {
          if (bySession.get(sessionId) === connection) bySession.delete(sessionId);
        });
      },
    });
    all.add(connection);
    socket.once('close', () => all.delete(connection));
  };
  let beat: NodeJS.Timeout | undefined;
  return {
    attach(server) {
      beat = setInterval(() => {
        for (const connection of all) connection.beat();
        for (const [sessionId, budget] of budgets) if (budget.isFull()) budgets.delete(sessionId);
      }, timing.beatMs);
      server.on('upgrade', (request, socket, head) => {
        socket.on('error', () => socket.destroy());
        if (request.url === socketPath)
          acceptor.handleUpgrade(request, socket, head, (opened) => welcome(opened, socket));
        else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      });
    },
    wake(sessionIds) {
      for (const id of sessionIds) bySession.get(id)?.look();
    },
    async close() {
      clearInterval(beat);
      for (const connection of all) connection.close(serviceRestart);
      acceptor.close();
      await delivery.idle();
    },
  };
}
