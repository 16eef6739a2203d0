import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import type { AppLock, LockState } from './app-lock.ts';

/** The lock of the open account, and how it stands. */
export function useAppLock(): { readonly state: LockState; readonly lock: AppLock } {
  const { appLock } = useDependencies();
  return { state: useStore(appLock.state), lock: appLock };
}
