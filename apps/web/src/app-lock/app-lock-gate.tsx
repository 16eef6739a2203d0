import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { fetchedScreen } from '../app/fetched-screen.tsx';
import { usePlace } from '../app/use-place.ts';
import { useAppLock } from './use-app-lock.ts';
import { watchUse } from './watch-use.ts';

const LockScreen = fetchedScreen(() => import('./lock-screen.tsx'), 'LockScreen');

/** Shows nothing of an account whose app lock is closed; what was read for its pages is dropped. */
export function AppLockGate({ children }: { children: ReactNode }) {
  const { toast, appLock } = useDependencies();
  const queries = useQueryClient();
  const { state } = useAppLock();
  const isHome = usePlace().at === 'home';
  const isOn = isHome && state.afterMinutes !== null;
  const isClosed = isOn && state.isClosed;
  useEffect(() => {
    if (!isOn) return;
    // On its way before it is needed: without a network the PIN cannot be checked, but the passkey can.
    void LockScreen.preload?.();
    return watchUse(appLock);
  }, [isOn, appLock]);
  useEffect(() => {
    if (!isClosed) return;
    queries.clear();
    toast.set(null);
  }, [isClosed, queries, toast]);
  return isClosed ? <LockScreen /> : children;
}
