import type { LinkState } from '@hexkey/sdk';
import { useCallback, useEffect, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { reportFailure } from '../app/report-failure.ts';

/** How long a code is shown before another takes its place. */
const shownForMs = 60_000;

/** Shows codes for as long as the page is open. Once one is approved `place` moves on, and the page goes. */
export function useShownCode() {
  const dependencies = useDependencies();
  const [link, setLink] = useState<LinkState | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt begins anew
  useEffect(() => {
    const control = new AbortController();
    const isOver = () => control.signal.aborted;
    setLink(null);
    setError(null);
    dependencies.hexkey.deviceLinks
      .show((state) => isOver() || setLink(state), control.signal)
      .catch((failure: unknown) => {
        if (isOver()) return;
        reportFailure(dependencies, failure);
        setError(failure);
      });
    return () => control.abort();
  }, [dependencies, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { link, error, retry };
}

/** What is left of a code, in milliseconds; not below 0. */
export const codeLeftMs = (madeAtMs: number, nowMs: number) => Math.max(0, madeAtMs + shownForMs - nowMs);
