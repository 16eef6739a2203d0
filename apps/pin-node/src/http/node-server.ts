import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { toHex } from '@hexkey/protocol';
import type { ServiceState } from '../metrics/node-metrics.ts';
import { NodeRefusal } from '../refusal.ts';
import { version } from '../version.ts';
import { type AnswerDeps, answerRequest } from './answer-request.ts';
import { sendJson, sendPreflight, sendRefusal } from './send.ts';
import type { eraseSurface, moveSurface, pinSurface, walletSurface } from './surfaces.ts';

export interface ServerDeps extends AnswerDeps {
  readonly name: string;
  readonly pins: ReturnType<typeof pinSurface>;
  readonly moves: ReturnType<typeof moveSurface>;
  readonly erasing: ReturnType<typeof eraseSurface>;
  /** Null at a node that holds no wallets. */
  readonly wallets: ReturnType<typeof walletSurface> | null;
  /** Path of the public address, beginning and ending in `/`. */
  readonly pathPrefix: string;
  readonly isDraining: () => boolean;
  readonly stateOf: () => Promise<ServiceState>;
  /** A request that is not there whole by then is cut off with 408. */
  readonly requestTimeoutMs: number;
}

const drainRetryAfterMs = 5000;

/** The node's whole surface: `{prefix}req`, `{prefix}move`, `{prefix}erase`, `{prefix}wallet`, `{prefix}`, `{prefix}health` and `/health`. Nothing may hang. */
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
  const surface = surfaceAt(deps, path);
  if (surface !== null) {
    if (method === 'OPTIONS') return sendPreflight(response);
    if (method !== 'POST') return sendRefusal(response, new NodeRefusal(405, 'POST only'));
    if (deps.isDraining())
      return sendRefusal(response, new NodeRefusal(503, 'the node is stopping', drainRetryAfterMs));
    return surface(message, response);
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

type Answers = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Who answers what is POSTed there; null for nobody. */
function surfaceAt(deps: ServerDeps, path: string): Answers | null {
  const { pathPrefix, pins, moves, erasing, wallets } = deps;
  if (path === `${pathPrefix}req`) return (...given) => answerRequest(deps, pins, ...given);
  if (path === `${pathPrefix}move`) return (...given) => answerRequest(deps, moves, ...given);
  if (path === `${pathPrefix}erase`) return (...given) => answerRequest(deps, erasing, ...given);
  if (wallets === null || path !== `${pathPrefix}wallet`) return null;
  return (...given) => answerRequest(deps, wallets, ...given);
}
