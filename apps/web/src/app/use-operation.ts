import { useCallback, useRef, useState } from 'react';
import type { BusyReason } from '../app-update/busy.ts';
import { useDependencies } from './app-dependencies.ts';
import { reportFailure } from './report-failure.ts';

export type OperationState =
  | { readonly is: 'idle' }
  | { readonly is: 'running' }
  | { readonly is: 'failed'; readonly error: unknown };

export interface Operation<Input> {
  readonly state: OperationState;
  /** Runs once at a time: a second call while one runs is ignored. @returns whether it succeeded */
  run(input: Input): Promise<boolean>;
  /** Forgets a failure. */
  reset(): void;
}

/**
 * One action of a screen. Not React Query's mutation, which keeps its variables in a cache: what runs here carries
 * PINs, words and codes, and nothing may hold them longer than the call. No new version begins while it runs.
 */
export function useOperation<Input = void>(
  perform: (input: Input) => Promise<unknown>,
  reason: BusyReason = 'operation',
): Operation<Input> {
  const dependencies = useDependencies();
  const [state, setState] = useState<OperationState>({ is: 'idle' });
  const running = useRef(false);
  const latest = useRef(perform);
  latest.current = perform;

  const run = useCallback(
    async (input: Input) => {
      if (running.current) return false;
      running.current = true;
      const end = dependencies.busy.hold(reason);
      setState({ is: 'running' });
      try {
        await latest.current(input);
        setState({ is: 'idle' });
        return true;
      } catch (error) {
        reportFailure(dependencies, error);
        setState({ is: 'failed', error });
        return false;
      } finally {
        running.current = false;
        end();
      }
    },
    [dependencies, reason],
  );
  const reset = useCallback(() => setState({ is: 'idle' }), []);
  return { state, run, reset };
}
