import { DomainError } from '@hexkey/contract';
import { captchaSubject, type Secret, solvesPuzzle } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';
import { addressSubject, everybody } from '../limits/subjects.ts';

export interface GuardedRequest {
  readonly phone: Secret<string>;
  readonly address: string;
  readonly captcha: { readonly captchaId: string; readonly proofOfWork: string } | undefined;
}

/**
 * Lets a request pass while its address and the whole server are far from their limits, and after that only with a solved puzzle,
 * which serves once and for this number alone. Belongs in the transaction of what it guards: a request that is refused for another
 * reason counts nothing and keeps its puzzle.
 * @throws {DomainError} `CaptchaNeeded`, `CaptchaWrong`
 */
export async function requireCaptcha(
  { clock, keys }: Pick<Deps, 'clock' | 'keys'>,
  stores: Pick<Stores, 'captchas' | 'limits'>,
  { phone, address, captcha }: GuardedRequest,
): Promise<void> {
  const nowMs = clock.now();
  if (captcha === undefined) {
    // One after the other, so that a flood from one address does not use up what is free for all.
    const isFree =
      (await stores.limits.spend('freeCodesPerAddress', addressSubject(keys, address), nowMs)) === null &&
      (await stores.limits.spend('freeCodesInAll', everybody(keys), nowMs)) === null;
    if (!isFree) throw new DomainError('CaptchaNeeded', {});
    return;
  }
  const taken = await stores.captchas.take(captcha.captchaId);
  if (taken === null || taken.expires_at_ms <= nowMs) throw new DomainError('CaptchaWrong', {});
  const { challenge, proof_of_work_bits: bits } = taken;
  const puzzle = { challenge, loginKey: captchaSubject(phone.reveal()), bits };
  if (!solvesPuzzle(puzzle, readBytes(captcha.proofOfWork, 'captcha.proofOfWork')))
    throw new DomainError('CaptchaWrong', {});
}
