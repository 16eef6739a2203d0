import {
  type AdminCommandName,
  adminCommands,
  operatorChallengePath,
  operatorCommandPath,
  schemas,
} from '@hexkey/contract';
import { operatorField } from '@hexkey/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { rawBodyOf } from '../http/raw-body.ts';
import { checkClientVersion, clientField } from '../sessions/client-version.ts';
import type { AdminHandlers } from './admin-handlers.ts';
import { admitOperator, type ClaimedOperator, claimOperator } from './admit-operator.ts';
import { newOperatorChallenge } from './operator-challenges.ts';
import { performCommand } from './perform-command.ts';

type Needed = Pick<Deps, 'clock' | 'random' | 'keys' | 'stores' | 'transact' | 'minimumClientVersion'>;

/**
 * Serves `hexkey-admin` over a network, on the port that clients use, to named keys that the local socket has let in (ADR 101). There is
 * no password and no session: each command is signed by itself. Of a caller without a key the body is not read, and nothing is written.
 * @param originOf this installation, as its people type it; asked once it listens
 */
export function serveOperators(
  server: FastifyInstance,
  deps: Needed,
  handlers: AdminHandlers,
  originOf: () => string,
): void {
  server.post(
    operatorChallengePath,
    { schema: { hide: true, body: schemas.Exact({}) }, onRequest: async (request) => checkVersion(request) },
    () => newOperatorChallenge(deps),
  );
  const claims = new WeakMap<FastifyRequest, ClaimedOperator>();
  const claimOf = (request: FastifyRequest) => claims.get(request) as ClaimedOperator;
  for (const command of Object.keys(adminCommands) as AdminCommandName[])
    server.post(
      operatorCommandPath(command),
      {
        bodyLimit: bodyLimitOf(command),
        schema: { hide: true, body: adminCommands[command].input },
        async onRequest(request) {
          checkVersion(request);
          claims.set(request, await claimOperator(deps, headerOf(request, operatorField)));
        },
        preValidation: (request) =>
          admitOperator(deps, claimOf(request), { origin: originOf(), command, body: rawBodyOf(request) }),
      },
      (request) => {
        const { name: operator, header } = claimOf(request);
        const by = { operator, signedBy: header.publicKey };
        return performCommand(deps, handlers, command, by, request.body as never);
      },
    );

  function checkVersion(request: FastifyRequest): void {
    checkClientVersion(headerOf(request, clientField), deps.minimumClientVersion);
  }
}

function bodyLimitOf(name: AdminCommandName): number {
  const command = adminCommands[name];
  return 'bodyLimitBytes' in command ? command.bodyLimitBytes : 16 * 1024;
}

function headerOf({ headers }: FastifyRequest, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}
