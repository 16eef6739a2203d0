import { isIP } from 'node:net';
import helmet from '@fastify/helmet';
import { DomainError, type Route, type RouteName, routes } from '@hexkey/contract';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import { serveAttachments } from '../attachments/serve-attachments.ts';
import { serveAvatars } from '../avatars/serve-avatars.ts';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noteSeen } from '../sessions/note-seen.ts';
import { admitRequest } from './admit-request.ts';
import type { Call, Handlers } from './handlers.ts';
import { describeApi } from './openapi.ts';
import { keepRawBodies } from './raw-body.ts';
import { answerError, answerRefusal } from './refusals.ts';
import { compileSchema } from './schema-validation.ts';

export interface ServerOptions {
  readonly log: Logger;
  /** Believe `X-Forwarded-For` of a front door on this machine. */
  readonly trustProxy: boolean;
}

// Most bodies have about 600 bytes; a route that takes more says so.
const bodyLimitBytes = 8 * 1024;
const requestTimeoutMs = 10_000;

/** The HTTP server: every route of the contract, their description, and the health every part answers on the same path. */
export async function buildServer(
  deps: Deps,
  handlers: Handlers,
  { log, trustProxy }: ServerOptions,
): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = log;
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    trustProxy: trustProxy ? 'loopback' : false,
    forceCloseConnections: 'idle',
    frameworkErrors: answerError,
    routerOptions: { maxParamLength: 100 },
    exposeHeadRoutes: false,
  });
  keepRawBodies(server);
  server.setValidatorCompiler(compileSchema);
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((_, reply) =>
    answerRefusal(new DomainError('NotFound', { what: 'route' }), reply),
  );
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // The front door knows whether the site is served over TLS.
    strictTransportSecurity: false,
  });
  await describeApi(server);
  server.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  // One line a request, without what could name somebody: no query, body, header, address or id.
  server.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    log.info({ method, route: routeOptions.url, status: statusCode, ms: Math.round(elapsedTime) }, 'request');
  });
  for (const name of Object.keys(routes) as RouteName[])
    registerRoute(server, deps, routes[name], handlers[name] as never);
  serveAvatars(server, deps);
  serveAttachments(server, deps);
  const nobody = { query: undefined, body: undefined, caller: null, address: '' };
  server.get('/health', { schema: { hide: true } }, () => handlers.health(nobody));
  return server;
}

function registerRoute(
  server: FastifyInstance,
  deps: Deps,
  route: Route,
  handle: (call: Call<Route>) => Promise<unknown>,
): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  server.route({
    method: route.method,
    url: route.path,
    ...(route.bodyLimitBytes === undefined ? {} : { bodyLimit: route.bodyLimitBytes }),
    schema: {
      operationId: route.name,
      summary: route.summary,
      ...(route.query === undefined ? {} : { querystring: route.query }),
      ...(route.body === undefined ? {} : { body: route.body }),
      response:
        route.answer === undefined ? { 204: { type: 'null', description: 'Done' } } : { 200: route.answer },
      security: route.access === 'public' ? [] : [{ deviceSignature: [] }],
    },
    async preValidation(request) {
      const caller = await admitRequest(deps, route, request);
      if (caller === null) return;
      callers.set(request, caller);
      await noteSeen(deps, caller.session, addressOf(request));
    },
    async handler(request, reply) {
      const answer = await handle({
        query: (route.query === undefined ? undefined : request.query) as never,
        body: (route.body === undefined ? undefined : request.body) as never,
        caller: (callers.get(request) ?? null) as never,
        address: addressOf(request),
      });
      return route.answer === undefined ? reply.code(204).send() : answer;
    },
  });
}

/** A front door that forwards something else than an address is not believed. */
function addressOf({ ip, socket }: FastifyRequest): string {
  return isIP(ip) === 0 ? (socket.remoteAddress ?? 'unknown') : ip;
}
