import { isDomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import type { PinProgress } from '@hexkey/sdk';
import { useRef, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { reportFailure } from '../app/report-failure.ts';
import { useStore } from '../app/store.ts';
import { useNow } from '../app/use-now.ts';
import { usePinEntry } from '../ui/pin-field/use-pin-entry.ts';
import { afterRefusal, lockLeftMs, noAttempts } from './attempt-state.ts';

/** What a PIN opens. Rejects with the refusals of `Hexkey.unlock`. */
export type PinPurpose = (
  pin: Secret<string>,
  onProgress: (progress: PinProgress) => void,
) => Promise<unknown>;

/**
 * One place where a PIN is asked for. A guess is never repeated by itself: after a failure that is no answer about the
 * PIN the digits stay, and Retry sends the same guess again.
 */
export function usePinPrompt(purpose: PinPurpose) {
  const dependencies = useDependencies();
  const { attempts, clock } = dependencies;
  const entry = usePinEntry();
  const attempt = useStore(attempts);
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<PinProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const inFlight = useRef(false);
  const lockedMs = lockLeftMs(attempt, useNow(attempt.lockedUntilMs !== null));

  const submit = async (digits: string) => {
    if (inFlight.current) return;
    inFlight.current = true;
    setRunning(true);
    setError(null);
    try {
      await purpose(new Secret(digits), setProgress);
      attempts.set(noAttempts);
      entry.clear();
    } catch (failure) {
      attempts.set(afterRefusal(attempts.get(), failure, clock.now()));
      reportFailure(dependencies, failure);
      if (isDomainError(failure, 'WrongPin') || isDomainError(failure, 'PinLocked')) entry.refuse();
      setError(failure);
    } finally {
      inFlight.current = false;
      setRunning(false);
      setProgress(null);
    }
  };
  const edit = (text: string) => {
    setError(null);
    entry.edit(text);
  };
  return {
    entry: { ...entry, edit },
    running,
    progress,
    error,
    lockedMs,
    submit,
    retry: () => void submit(entry.digits),
  };
}
