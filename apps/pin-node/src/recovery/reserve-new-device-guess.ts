import type { OperationContext, OperationDeps } from '../operation.ts';
import { NodeRefusal } from '../refusal.ts';

const windowMs = 3_600_000;

/**
 * Counts a new-device guess against the tenant as a whole: an account server gone bad could mint a session for every
 * account at once, and this slows it down. Windows are whole hours.
 * @throws {NodeRefusal} 429 when this hour's are used up; the account's own budget is not touched
 */
export async function reserveNewDeviceGuess(deps: OperationDeps, context: OperationContext): Promise<void> {
  const { nowMs } = context.time;
  const windowStartMs = nowMs - (nowMs % windowMs);
  const count = await deps.store.countNewDeviceGuess(context.requester.user.tenant, windowStartMs);
  if (count > deps.newDeviceGuessesPerHour)
    throw new NodeRefusal(429, 'too many guesses from new devices', windowStartMs + windowMs - nowMs);
}
