import type { AnswerOf, routes } from '@hexkey/contract';
import { mintNodeToken } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { tokenKeyVersion } from '../keys/server-keys.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { sessionSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

const lifetimeMs = 10 * 60_000;

/** One token for each node of the set, good for this device key only. @throws {DomainError} `TooMany` */
export async function issueNodeTokens(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact' | 'nodeSet'>,
  { session, account }: Caller,
): Promise<AnswerOf<typeof routes.issueNodeTokens>> {
  await deps.transact((stores) =>
    enforceLimit(deps, stores, 'nodeTokensPerSession', sessionSubject(deps.keys, session.id)),
  );
  const nowMs = deps.clock.now();
  const { tenant, nodes } = deps.nodeSet.nodeSet;
  const tokens = nodes.map(({ realmId }) => ({
    realmId,
    token: mintNodeToken(deps.keys.tokenSeed, {
      tenant,
      version: tokenKeyVersion,
      userId: account.id,
      realmId,
      nowMs,
      lifetimeMs,
      binding: { deviceKey: session.device_key },
    }),
  }));
  // A token counts in whole seconds, rounded down.
  return { tokens, expiresAtMs: Math.floor(nowMs / 1000) * 1000 + lifetimeMs };
}
