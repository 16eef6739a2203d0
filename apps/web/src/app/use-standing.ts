import { useDependencies } from './app-dependencies.ts';
import type { Standing } from './place-guard.ts';
import { useStore } from './store.ts';
import { usePlace } from './use-place.ts';

/** What the guard decides by. */
export function useStanding(): Standing {
  const { onboarding, wanted, pinChangePostponed } = useDependencies();
  const place = usePlace();
  const { isSettingPin, offeredWords, verification } = useStore(onboarding);
  return {
    at: isSettingPin ? 'set-pin' : place.at,
    offersWords: offeredWords !== null,
    hasVerification: verification !== null,
    changeInterrupted: place.at === 'home' && place.changeInterrupted,
    changePostponed: useStore(pinChangePostponed),
    wanted: useStore(wanted),
  };
}
