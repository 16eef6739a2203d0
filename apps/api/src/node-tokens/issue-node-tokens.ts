import type { AnswerOf, routes } from '@hexkey/contract';
import { mintNodeToken, placeInChain, type VerifiedNodeSet } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { tokenKeyVersion } from '../keys/server-keys.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { sessionSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

const lifetimeMs = 10 * 60_000;

/**
 * One token for each node the account may have to do with, good for this device key only. @throws {DomainError} `TooMany`
 */
export async function issueNodeTokens(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact' | 'nodeSets'>,
  { session, account }: Caller,
): Promise<AnswerOf<typeof routes.issueNodeTokens>> {
  await deps.transact((stores) =>
    enforceLimit(deps, stores, 'nodeTokensPerSession', sessionSubject(deps.keys, session.id)),
  );
  const nowMs = deps.clock.now();
  const nodes = setsOf(deps.nodeSets, account.node_set_hash).flatMap(({ nodeSet: { tenant, nodes } }) =>
    nodes.map(({ realmId }) => ({ tenant, realmId })),
  );
  const tokens = nodes.map(({ tenant, realmId }) => ({
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

/** The account's set, those it may move to, and the one it came from, whose last nodes may still have to erase. */
function setsOf(sets: readonly VerifiedNodeSet[], own: Uint8Array | null): readonly VerifiedNodeSet[] {
  const place = own === null ? -1 : placeInChain(sets, own);
  return place === -1 ? sets.slice(-1) : sets.slice(Math.max(0, place - 1));
}
