import { chmodSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { type AdminCommandName, AdminOperator, adminCommands, DomainError, schemas } from '@hexkey/contract';
import fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import { keepRawBodies } from '../http/raw-body.ts';
import { answerError, answerRefusal } from '../http/refusals.ts';
import { compileSchema } from '../http/schema-validation.ts';
import type { AdminDeps, AdminHandlers } from './admin-handlers.ts';
import { performCommand } from './perform-command.ts';

/** Headers that only a browser or a proxy sends: nobody reaches this over a network, whatever was put in front of it. */
const foreignHeaders = ['forwarded', 'via', 'origin', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/**
 * Serves `hexkey-admin` on a Unix socket that only this server's own user can open: the operating system is who admits (unix(7),
 * "Pathname socket ownership and permissions"). There is no password, and no route to it from the port that clients use.
 * @throws {Error} another server has the socket
 */
export async function serveAdmin(
  deps: AdminDeps,
  handlers: AdminHandlers,
  path: string,
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  const logger: FastifyBaseLogger = log;
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 16 * 1024,
    requestTimeout: 10_000,
    forceCloseConnections: true,
    frameworkErrors: answerError,
    exposeHeadRoutes: false,
  });
  keepRawBodies(server);
  server.setValidatorCompiler(compileSchema);
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((_, reply) =>
    answerRefusal(new DomainError('NotFound', { what: 'route' }), reply),
  );
  server.addHook('onRequest', async (request) => refuseForeign(request));
  for (const command of Object.keys(adminCommands) as AdminCommandName[])
    server.post(
      `/${command}`,
      {
        ...bodyLimitOf(command),
        schema: { body: schemas.Exact({ operator: AdminOperator, input: adminCommands[command].input }) },
      },
      ({ body }) => {
        const { operator, input } = body as { readonly operator: string; readonly input: never };
        return performCommand(deps, handlers, command, { operator, signedBy: null }, input);
      },
    );
  chmodSync(dirname(path), 0o700); // before the socket is there: nobody else gets in while it has its first mode
  await removeStale(path);
  await server.listen({ path });
  chmodSync(path, 0o600);
  return { close: () => server.close() };
}

function bodyLimitOf(name: AdminCommandName): { bodyLimit?: number } {
  const command = adminCommands[name];
  return 'bodyLimitBytes' in command ? { bodyLimit: command.bodyLimitBytes } : {};
}

function refuseForeign({ headers }: FastifyRequest): void {
  if (foreignHeaders.some((name) => headers[name] !== undefined))
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
}

/** A server that was killed leaves its socket behind; one that runs answers. */
async function removeStale(path: string): Promise<void> {
  const isServed = await new Promise<boolean>((resolve) => {
    const attempt = connect(path, () => resolve(true));
    attempt.on('error', () => resolve(false)).on('connect', () => attempt.destroy());
  });
  if (isServed) throw new Error('another server has the admin socket');
  rmSync(path, { force: true });
}
