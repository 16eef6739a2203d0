import type { Place } from '@hexkey/sdk';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useDependencies } from './app-dependencies.ts';
import { useOperation } from './use-operation.ts';

/** Where the owner stands, kept true by the SDK. */
export function usePlace(): Place {
  const { hexkey } = useDependencies();
  const subscribe = useCallback((listener: () => void) => hexkey.subscribe(listener), [hexkey]);
  return useSyncExternalStore(subscribe, () => hexkey.place);
}

/** Opens the vault and asks the server once. @returns whether the place is known; a failure takes the page over */
export function useStart(): boolean {
  const { hexkey, takeover } = useDependencies();
  const [started, setStarted] = useState(false);
  const { state, run } = useOperation(async () => {
    await hexkey.start();
    setStarted(true);
  });
  useEffect(() => {
    void run();
  }, [run]);
  useEffect(() => {
    if (state.is === 'failed' && takeover.get() === null)
      takeover.set({ kind: 'cannot-start', error: state.error });
  }, [state, takeover]);
  return started;
}
