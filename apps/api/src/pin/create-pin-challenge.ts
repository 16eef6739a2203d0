import type { AnswerOf, routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { sessionSubject } from '../limits/subjects.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

const lifetimeMs = 2 * 60_000;

/** A nonce for one PIN-auth signature of this session. @throws {DomainError} `TooMany` */
export async function createPinChallenge(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  { session, account }: Caller,
): Promise<AnswerOf<typeof routes.createPinChallenge>> {
  const nonce = deps.random(16);
  const expiresAtMs = deps.clock.now() + lifetimeMs;
  const prepared = await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'pinChallengesPerSession', sessionSubject(deps.keys, session.id));
    await stores.pinChallenges.add(nonce, session.id, expiresAtMs);
    return stores.preparedSecrets.list(account.id);
  });
  const preparedPinAuthKeys = prepared.map(({ pin_auth_key }) => toBase64url(pin_auth_key));
  return { nonce: toBase64url(nonce), expiresAtMs, preparedPinAuthKeys };
}
