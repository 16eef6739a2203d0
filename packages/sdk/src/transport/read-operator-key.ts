import { routes } from '@hexkey/contract';
import { fromBase64url } from '@hexkey/protocol';
import { type ApiDeps, createApiClient } from './api-client.ts';

/**
 * The operator key a server says it has: 32 bytes that prove nothing until somebody has compared their fingerprint.
 * @throws {DomainError} `Offline`, `UpdateRequired`
 */
export async function readOperatorKey(deps: ApiDeps): Promise<Uint8Array> {
  const { operatorKey } = await createApiClient(deps).call(routes.serverInfo, {});
  return fromBase64url(operatorKey);
}
