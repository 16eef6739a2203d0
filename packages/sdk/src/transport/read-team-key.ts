import { routes } from '@hexkey/contract';
import { fromBase64url } from '@hexkey/protocol';
import { type ApiDeps, createApiClient } from './api-client.ts';

/**
 * The key of Team Hexkey as a server names it: 32 bytes. Whoever keeps the first answer notices another one later.
 * @throws {DomainError} `Offline`, `UpdateRequired`
 */
export async function readTeamKey(deps: ApiDeps): Promise<Uint8Array> {
  const { teamKey } = await createApiClient(deps).call(routes.serverInfo, {});
  return fromBase64url(teamKey);
}
