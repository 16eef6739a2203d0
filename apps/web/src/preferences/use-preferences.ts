import { useDependencies } from '../app/app-dependencies.ts';
import { useStore } from '../app/store.ts';
import type { Preferences } from './preferences.ts';

/** How this browser shows Hexkey, and how to change it. */
export function usePreferences(): readonly [Preferences, (change: Partial<Preferences>) => void] {
  const { preferences } = useDependencies();
  const chosen = useStore(preferences);
  return [chosen, (change) => preferences.set({ ...preferences.get(), ...change })];
}
