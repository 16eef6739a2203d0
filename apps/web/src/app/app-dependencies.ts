import type { Clock } from '@hexkey/protocol';
import type { Hexkey } from '@hexkey/sdk';
import { createContext, useContext } from 'react';
import type { OnboardingState } from '../onboarding/onboarding-state.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { AttemptState } from '../unlock/attempt-state.ts';
import type { Store } from './store.ts';
import type { Takeover } from './takeover.ts';

/** What of the browser the screens use, so that tests can stand in for it. */
export interface BrowserPort {
  /** BCP 47 tags, best first. */
  readonly languages: readonly string[];
  copyText(text: string): Promise<void>;
  /** Asks that the data be kept when the disk is full. @returns whether the browser promised it */
  persistStorage(): Promise<boolean>;
  isStoragePersistent(): Promise<boolean>;
  reload(): void;
}

/** Everything the screens get from outside; `main.tsx` puts it together. */
export interface AppDependencies {
  readonly hexkey: Hexkey;
  readonly clock: Clock;
  readonly browser: BrowserPort;
  readonly version: string;
  /** Kept by the browser across starts. */
  readonly preferences: Store<Preferences>;
  /** Kept for this tab only. */
  readonly wanted: Store<string | null>;
  readonly onboarding: Store<OnboardingState>;
  readonly attempts: Store<AttemptState>;
  /** An interrupted PIN change is not asked about again until the next start. In memory only. */
  readonly pinChangePostponed: Store<boolean>;
  readonly takeover: Store<Takeover | null>;
  readonly toast: Store<string | null>;
}

export const DependenciesContext = createContext<AppDependencies | null>(null);

export function useDependencies(): AppDependencies {
  const dependencies = useContext(DependenciesContext);
  if (!dependencies) throw new Error('outside of DependenciesContext');
  return dependencies;
}
