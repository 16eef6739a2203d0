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
 * PIN the digits stay, and Retry sends the same guess again. Digits that are known to be wrong wait for a second word.
 */
export function usePinPrompt(purpose: PinPurpose) {
  const dependencies = useDependencies();
  const { hexkey, attempts, clock } = dependencies;
  const entry = usePinEntry();
  const attempt = useStore(attempts);
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<PinProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [triedBefore, setTriedBefore] = useState(false);
  const inFlight = useRef(false);
  // The owner's word for the digits that stand in the field now; a retry needs no other.
  const insists = useRef(false);
  const lockedMs = lockLeftMs(attempt, useNow(attempt.lockedUntilMs !== null));

  const submit = async (digits: string) => {
    if (inFlight.current) return;
    inFlight.current = true;
    setRunning(true);
    setError(null);
    setTriedBefore(false);
    const pin = new Secret(digits);
    try {
      if (!insists.current && (await hexkey.wasPinTried(pin))) {
        setTriedBefore(true);
        return;
      }
      await purpose(pin, setProgress);
      attempts.set(noAttempts);
      entry.clear();
    } catch (failure) {
      attempts.set(afterRefusal(attempts.get(), failure, clock.now()));
      reportFailure(dependencies, failure);
      if (isDomainError(failure, 'WrongPin') || isDomainError(failure, 'PinLocked')) {
        insists.current = false;
        entry.refuse();
      }
      setError(failure);
    } finally {
      inFlight.current = false;
      setRunning(false);
      setProgress(null);
    }
  };
  const forgetAnswer = () => {
    setError(null);
    setTriedBefore(false);
    insists.current = false;
  };
  return {
    entry: {
      ...entry,
      edit(text: string) {
        forgetAnswer();
        entry.edit(text);
      },
    },
    running,
    progress,
    error,
    triedBefore,
    lockedMs,
    submit,
    retry: () => void submit(entry.digits),
    useTryAnyway() {
      insists.current = true;
      void submit(entry.digits);
    },
    typeAnother() {
      forgetAnswer();
      entry.clear();
    },
  };
}
