import { useDependencies } from './app-dependencies.ts';
import type { Standing } from './place-guard.ts';
import { useStore } from './store.ts';
import { usePlace } from './use-place.ts';

/** What the guard decides by. */
export function useStanding(): Standing {
  const { onboarding, wanted } = useDependencies();
  const place = usePlace();
  const { isSettingPin, offeredWords, verification } = useStore(onboarding);
  return {
    at: isSettingPin ? 'set-pin' : place.at,
    offersWords: offeredWords !== null,
    hasVerification: verification !== null,
    wanted: useStore(wanted),
  };
}
