import { useEffect } from 'react';
import { type AppDependencies, useDependencies } from '../app/app-dependencies.ts';
import { reportFailure } from '../app/report-failure.ts';
import { useStore } from '../app/store.ts';
import { usePlace } from '../app/use-place.ts';
import { type AttemptState, attemptsOf, noAttempts } from './attempt-state.ts';

/** Brings back what the nodes said before this page was loaded, so that a lock is shown and not run into. Each login has its own. */
export function useKeptAttempts(): void {
  const dependencies = useDependencies();
  const place = usePlace();
  const sessionId = place.at === 'signed-out' ? null : place.session.sessionId;
  useEffect(() => {
    dependencies.attempts.set(noAttempts);
    if (sessionId !== null) void bringBack(dependencies, sessionId);
  }, [dependencies, sessionId]);
}

/** What is known of the attempts now; what is not on the screen yet is looked up. */
export function useAttempts(): AttemptState {
  const dependencies = useDependencies();
  const place = usePlace();
  const sessionId = place.at === 'signed-out' ? null : place.session.sessionId;
  useEffect(() => {
    if (sessionId !== null) void bringBack(dependencies, sessionId);
  }, [dependencies, sessionId]);
  return useStore(dependencies.attempts);
}

async function bringBack(dependencies: AppDependencies, sessionId: string): Promise<void> {
  const { hexkey, attempts } = dependencies;
  try {
    const kept = attemptsOf(await hexkey.lastBudget());
    const isStillOpen = hexkey.place.at !== 'signed-out' && hexkey.place.session.sessionId === sessionId;
    // What the nodes said meanwhile is newer.
    if (isStillOpen && attempts.get() === noAttempts) attempts.set(kept);
  } catch (error) {
    reportFailure(dependencies, error);
  }
}
