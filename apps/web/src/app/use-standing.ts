import { useDependencies } from './app-dependencies.ts';
import type { Standing } from './place-guard.ts';
import { useStore } from './store.ts';
import { usePlace } from './use-place.ts';

/** What the guard decides by. */
export function useStanding(): Standing {
  const { onboarding, wanted, invite, groupInvite, asksAboutPhone, pinChangePostponed, walletAccess } =
    useDependencies();
  const place = usePlace();
  const { isSettingPin, offeredWords, verification, contactLogin, legacyLogin } = useStore(onboarding);
  return {
    at: isSettingPin ? 'set-pin' : place.at,
    offersWords: offeredWords !== null,
    hasVerification: verification !== null,
    hasContactLogin: contactLogin !== null,
    hasContactCode: contactLogin?.sent != null,
    hasLegacyLogin: legacyLogin !== null,
    asksAboutPhone: useStore(asksAboutPhone),
    isInvited: useStore(invite) !== null,
    isInvitedToGroup: useStore(groupInvite) !== null,
    changeInterrupted: place.at === 'home' && place.changeInterrupted,
    changePostponed: useStore(pinChangePostponed),
    walletAccess: useStore(walletAccess),
    wanted: useStore(wanted),
  };
}
