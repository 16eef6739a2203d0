import type { AnswerOf, BodyOf, routes } from '@hexkey/contract';
import { isUsablePublicKey, toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { newUuid } from '../identifiers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject } from '../limits/subjects.ts';

type Route = typeof routes.createLoginChallenge;
const lifetimeMs = 5 * 60_000;

/** 32 bytes for a login key to sign once. @throws {DomainError} `TooMany`, `InvalidField` */
export async function createLoginChallenge(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'proofOfWorkBits'>,
  { loginKey, purpose }: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const key = readBytes(loginKey, 'loginKey');
  if (!isUsablePublicKey(key)) throw invalidField('loginKey', 'no usable key');
  const challenge = {
    id: newUuid(deps.random),
    purpose,
    login_key: key,
    challenge: deps.random(32),
    proof_of_work_bits: purpose === 'register' ? deps.proofOfWorkBits : 0,
    expires_at_ms: deps.clock.now() + lifetimeMs,
  };
  await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'loginChallengesPerAddress', addressSubject(deps.keys, address));
    await stores.loginChallenges.add(challenge);
  });
  return {
    challengeId: challenge.id,
    challenge: toBase64url(challenge.challenge),
    proofOfWorkBits: challenge.proof_of_work_bits,
    expiresAtMs: challenge.expires_at_ms,
  };
}
