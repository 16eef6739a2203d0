import { isDomainError } from '@hexkey/contract';
import { noAttempts } from '../unlock/attempt-state.ts';
import type { AppDependencies } from './app-dependencies.ts';
import { takeoverOf } from './takeover.ts';

/**
 * What every failure means beyond the place where it is shown: some take the whole page over, and a login that ended
 * elsewhere is said, because the page it happened on is about to go.
 */
export function reportFailure(dependencies: AppDependencies, error: unknown): void {
  const { clock, takeover, toast, attempts, texts } = dependencies;
  const page = takeoverOf(error, clock.now());
  if (page) takeover.set(page);
  if (isDomainError(error, 'SessionEnded')) {
    toast.set(texts.get().errors.SessionEnded.what);
    attempts.set(noAttempts);
  }
}
