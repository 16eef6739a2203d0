import { DomainError } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';

type Limits = Pick<Stores, 'limits'>;

/** @param owner subject of the account @throws {DomainError} `CodeAskedTooOften` while logins through its contact are paused */
export async function refusePaused(
  { clock }: Pick<Deps, 'clock'>,
  stores: Limits,
  owner: Uint8Array,
): Promise<void> {
  const retryAfterMs = await stores.limits.waitMs('contactLoginPause', owner, clock.now());
  if (retryAfterMs !== null) throw new DomainError('CodeAskedTooOften', { retryAfterMs });
}

/** No login through the contact for 24 hours from now. */
export async function pauseContactLogins(
  { clock }: Pick<Deps, 'clock'>,
  stores: Limits,
  owner: Uint8Array,
): Promise<void> {
  await stores.limits.spend('contactLoginPause', owner, clock.now());
}

/** A code was used up without being right; the third one pauses. */
export async function countFailedCode(
  deps: Pick<Deps, 'clock'>,
  stores: Limits,
  owner: Uint8Array,
): Promise<void> {
  const nowMs = deps.clock.now();
  await stores.limits.spend('contactLoginFailedCodes', owner, nowMs);
  if ((await stores.limits.waitMs('contactLoginFailedCodes', owner, nowMs)) !== null)
    await pauseContactLogins(deps, stores, owner);
}
