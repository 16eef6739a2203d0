import { type DomainError, isDomainError } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject, everybody } from '../limits/subjects.ts';

type TryDeps = Pick<Deps, 'clock' | 'keys' | 'transact'>;

/**
 * Tries a code. The try is paid before the code is looked at, for the address and for everybody together, and given back unless
 * the code was wrong: counting what cannot be right would let anybody use up everybody's limit for free.
 * @param judge a refusal is returned, not thrown: throwing would undo that the try was spent
 * @throws {DomainError} `CodeAskedTooOften`, and what `judge` returned
 */
export async function tryCode<T extends object>(
  deps: TryDeps,
  address: string,
  judge: () => Promise<T | DomainError>,
): Promise<T> {
  const refund = await payForTry(deps, address);
  const outcome = await judge();
  if (!isDomainError(outcome, 'WrongCode')) await refund();
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

async function payForTry(deps: TryDeps, address: string): Promise<() => Promise<void>> {
  const nowMs = deps.clock.now();
  const caller = addressSubject(deps.keys, address);
  const all = everybody(deps.keys);
  await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'codeFailuresPerAddress', caller, 'CodeAskedTooOften');
    await enforceLimit(deps, stores, 'codeFailuresInAll', all, 'CodeAskedTooOften');
  });
  return () =>
    deps.transact(async (stores) => {
      await stores.limits.giveBack('codeFailuresPerAddress', caller, nowMs);
      await stores.limits.giveBack('codeFailuresInAll', all, nowMs);
    });
}
