import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { WebSocketServer } from 'ws';
import type { DevnetParts } from '../devnet-parts.ts';
import { answerRpc } from '../rpc/answer-rpc.ts';
import { encodeJson } from '../rpc/json.ts';
import { rpcMethods } from '../rpc/methods.ts';
import { RpcError } from '../rpc/rpc-error.ts';
import { BodyTooLarge, readBody } from './read-body.ts';

export interface ServerDeps {
  readonly parts: DevnetParts;
  readonly sockets: WebSocketServer;
  /** Told of a bug, and nothing of what was sent. */
  readonly onBug: (error: unknown) => void;
}

/** Where the front door passes requests on to. `/` serves too, for tools on this machine. */
export const ledgerPath = '/ledger/';

/** JSON-RPC by POST, subscriptions by WebSocket, `/health`. */
export function devnetServer(deps: ServerDeps): Server {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16_384 },
    (request, response) => {
      route(deps, request, response).catch((error: unknown) => {
        // A caller that went away while it was sending is no bug.
        if (!request.destroyed || request.complete) deps.onBug(error);
        response.destroy();
      });
    },
  );
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (isLedger(request))
      deps.sockets.handleUpgrade(request, socket, head, (one) => deps.sockets.emit('connection', one));
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  return server;
}

async function route({ parts, onBug }: ServerDeps, request: IncomingMessage, response: ServerResponse) {
  if (request.url === '/health' && request.method === 'GET')
    return send(response, 200, { status: 'ok', part: 'devnet', slot: parts.slots.current() });
  if (!isLedger(request)) return send(response, 404, { error: 'no such path' });
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return send(response, 405, { error: 'JSON-RPC is sent by POST' });
  }
  if (!/^application\/json(?:;|$)/.test(request.headers['content-type'] ?? ''))
    return send(response, 415, { error: 'the content type must be application/json' });
  let text: string;
  try {
    text = await readBody(request);
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    response.setHeader('connection', 'close');
    return send(response, 413, { error: 'the request is larger than 51200 bytes' });
  }
  const call = (name: string, params: readonly unknown[]) => {
    const method = rpcMethods.get(name);
    if (method === undefined) throw new RpcError('methodNotFound', 'Method not found');
    return method.call(parts, params);
  };
  const answer = await answerRpc(text, call, onBug);
  if (answer === null) return response.writeHead(204).end();
  return send(response, 200, answer);
}

function isLedger({ url }: IncomingMessage): boolean {
  return url === '/' || url === ledgerPath;
}

function send(response: ServerResponse, status: number, value: object): void {
  const body = Buffer.from(encodeJson(value));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}
