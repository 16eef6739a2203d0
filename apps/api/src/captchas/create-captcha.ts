import type { AnswerOf, routes } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject } from '../limits/subjects.ts';

const lifetimeMs = 5 * 60_000;

/** A puzzle to be solved for one request (docs/protocol/account-api.md section 14). @throws {DomainError} `TooMany` */
export async function createCaptcha(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'proofOfWorkBits'>,
  address: string,
): Promise<AnswerOf<typeof routes.createCaptcha>> {
  const captcha = {
    id: newUuid(deps.random),
    challenge: deps.random(32),
    proof_of_work_bits: deps.proofOfWorkBits,
    expires_at_ms: deps.clock.now() + lifetimeMs,
  };
  await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'captchasPerAddress', addressSubject(deps.keys, address));
    await stores.captchas.add(captcha);
  });
  return {
    captchaId: captcha.id,
    challenge: toBase64url(captcha.challenge),
    proofOfWorkBits: captcha.proof_of_work_bits,
    expiresAtMs: captcha.expires_at_ms,
  };
}
