import { type WebSocket, WebSocketServer } from 'ws';
import type { DevnetParts } from '../devnet-parts.ts';
import { answerRpc } from '../rpc/answer-rpc.ts';
import { encodeJson } from '../rpc/json.ts';
import { RpcError } from '../rpc/rpc-error.ts';
import { subscriptionMethods } from '../subscriptions/subscription-methods.ts';
import type { Connection, Subscriptions } from '../subscriptions/subscriptions.ts';
import { maxBodyBytes } from './read-body.ts';

/** Who does not read what it asked for is let go before its notifications fill the memory. */
const maxUnsentBytes = 1_048_576;

/** Subscriptions over WebSockets; they end with their socket. */
export function subscriptionSockets(
  parts: DevnetParts,
  subscriptions: Subscriptions,
  onBug: (error: unknown) => void,
): WebSocketServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxBodyBytes, perMessageDeflate: false });
  server.on('connection', (socket: WebSocket) => {
    const send = (value: object) => {
      if (socket.bufferedAmount > maxUnsentBytes) socket.terminate();
      else socket.send(encodeJson(value));
    };
    const connection: Connection = {
      notify: (method, subscription, result) =>
        send({ jsonrpc: '2.0', method, params: { result, subscription } }),
    };
    const methods = subscriptionMethods(subscriptions, connection);
    const call = (name: string, params: readonly unknown[]) => {
      const method = methods.get(name);
      if (method === undefined) throw new RpcError('methodNotFound', 'Method not found');
      return method.call(parts, params);
    };
    socket.on('message', async (data, isBinary) => {
      const text = isBinary ? '' : String(data);
      const answer = await answerRpc(text, call, onBug);
      if (answer !== null && socket.readyState === socket.OPEN) send(answer);
    });
    // A broken frame closes the socket, which is all there is to do about it.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => subscriptions.endAll(connection));
  });
  return server;
}
