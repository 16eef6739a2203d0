import type { Clock } from '@hexkey/protocol';
import type { Hexkey } from '@hexkey/sdk';
import { initialOnboarding, type OnboardingState } from '../onboarding/onboarding-state.ts';
import { readPreferences, writePreferences } from '../preferences/preferences.ts';
import { type AttemptState, noAttempts } from '../unlock/attempt-state.ts';
import type { AppDependencies, BrowserPort } from './app-dependencies.ts';
import { createStore } from './store.ts';
import type { Takeover } from './takeover.ts';

const wantedKey = 'hexkey/v1/wanted-page';

/** Puts the stores of the screens together. @param local outlives the tab, @param session does not */
export function createDependencies(given: {
  hexkey: Hexkey;
  clock: Clock;
  browser: BrowserPort;
  version: string;
  local: Storage;
  session: Storage;
}): AppDependencies {
  const { hexkey, clock, browser, version, local, session } = given;
  const preferences = createStore(readPreferences(local));
  preferences.subscribe(() => writePreferences(local, preferences.get()));
  const wanted = createStore(session.getItem(wantedKey));
  wanted.subscribe(() => keepWanted(session, wanted.get()));
  return {
    hexkey,
    clock,
    browser,
    version,
    preferences,
    wanted,
    onboarding: createStore<OnboardingState>(initialOnboarding),
    attempts: createStore<AttemptState>(noAttempts),
    pinChangePostponed: createStore<boolean>(false),
    takeover: createStore<Takeover | null>(null),
    toast: createStore<string | null>(null),
  };
}

function keepWanted(session: Storage, path: string | null): void {
  if (path === null) session.removeItem(wantedKey);
  else session.setItem(wantedKey, path);
}
