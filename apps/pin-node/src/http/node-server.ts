import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { toHex } from '@hexkey/protocol';
import type { ServiceState } from '../metrics/node-metrics.ts';
import { NodeRefusal } from '../refusal.ts';
import { version } from '../version.ts';
import { type AnswerDeps, answerRequest } from './answer-request.ts';
import { sendJson, sendPreflight, sendRefusal } from './send.ts';

export interface ServerDeps extends AnswerDeps {
  readonly name: string;
  /** Path of the public address, beginning and ending in `/`. */
  readonly pathPrefix: string;
  readonly isDraining: () => boolean;
  readonly stateOf: () => Promise<ServiceState>;
  /** A request that is not there whole by then is cut off with 408. */
  readonly requestTimeoutMs: number;
}

const drainRetryAfterMs = 5000;

/** The node's whole surface: `{prefix}req`, `{prefix}`, `{prefix}health` and `/health`. Nothing may hang. */
export function nodeServer(deps: ServerDeps): Server {
  const server = createServer(
    {
      requestTimeout: deps.requestTimeoutMs,
      headersTimeout: deps.requestTimeoutMs / 2,
      keepAliveTimeout: 30_000,
      connectionsCheckingInterval: deps.requestTimeoutMs / 10,
      maxHeaderSize: 8192,
    },
    (message, response) => {
      route(deps, message, response).catch((error: unknown) => {
        deps.log.failed(error);
        response.destroy();
      });
    },
  );
  return server;
}

async function route(deps: ServerDeps, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = message.url ?? '';
  const { method } = message;
  if (path === `${deps.pathPrefix}req`) {
    if (method === 'OPTIONS') return sendPreflight(response);
    if (method !== 'POST') return sendRefusal(response, new NodeRefusal(405, 'POST only'));
    if (deps.isDraining())
      return sendRefusal(response, new NodeRefusal(503, 'the node is stopping', drainRetryAfterMs));
    return answerRequest(deps, message, response);
  }
  const isHealth = path === '/health' || path === `${deps.pathPrefix}health`;
  if (!isHealth && path !== deps.pathPrefix)
    return sendRefusal(response, new NodeRefusal(404, 'no such path at this node'));
  if (method === 'OPTIONS') return sendPreflight(response);
  if (method !== 'GET' && method !== 'HEAD') return sendRefusal(response, new NodeRefusal(405, 'GET only'));
  const state = await deps.stateOf();
  sendJson(response, isHealth && state !== 'serving' ? 503 : 200, {
    realmID: toHex(deps.realmId),
    name: deps.name,
    version,
    state,
  });
}
