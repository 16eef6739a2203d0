import { DomainError } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import type { LimitName } from './limits.ts';

/**
 * Spends one of a limit. Thrown inside a transaction the refusal also takes back what was spent before it, so that a
 * refused request costs nothing.
 * @throws {DomainError} the refusal, with the time to wait
 */
export async function enforceLimit(
  { clock }: Pick<Deps, 'clock'>,
  stores: Pick<Stores, 'limits'>,
  name: LimitName,
  subject: Uint8Array,
  refusal: 'TooMany' | 'CodeAskedTooOften' = 'TooMany',
): Promise<void> {
  const retryAfterMs = await stores.limits.spend(name, subject, clock.now());
  if (retryAfterMs !== null) throw new DomainError(refusal, { retryAfterMs });
}
