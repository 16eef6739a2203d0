import type { Clock } from '@hexkey/protocol';
import type { Hexkey, Place } from '@hexkey/sdk';
import type { Seats } from '../accounts/seats.ts';
import { createAppLock } from '../app-lock/app-lock.ts';
import { createBusy } from '../app-update/busy.ts';
import { englishTexts } from '../i18n/texts.ts';
import { initialOnboarding, type OnboardingState } from '../onboarding/onboarding-state.ts';
import { readPreferences, writePreferences } from '../preferences/preferences.ts';
import { noStart, type SendStart } from '../send-money/send-start.ts';
import { type AttemptState, noAttempts } from '../unlock/attempt-state.ts';
import type { WalletAccess } from '../wallet/wallet-access.ts';
import type { AppDependencies, BrowserPort } from './app-dependencies.ts';
import { createStore, type Store } from './store.ts';
import type { Takeover } from './takeover.ts';

const wantedKey = 'hexkey/v1/wanted-page';
const inviteKey = 'hexkey/v1/invite';
const groupInviteKey = 'hexkey/v1/group-invite';
const phoneQuestionKey = 'hexkey/v1/phone-question';

/** Puts the stores of the screens together. @param local outlives the tab, @param session does not */
export function createDependencies(given: {
  hexkey: Hexkey;
  clock: Clock;
  browser: BrowserPort;
  seats: Seats;
  handOver: AppDependencies['handOver'];
  version: string;
  operatorFingerprint: string;
  local: Storage;
  session: Storage;
}): AppDependencies {
  const { hexkey, clock, browser, seats, handOver, version, operatorFingerprint, local, session } = given;
  const preferences = createStore(readPreferences(local, seats.own));
  preferences.subscribe(() => writePreferences(local, seats.own, preferences.get()));
  const asksAboutPhone = createStore(session.getItem(phoneQuestionKey) !== null);
  asksAboutPhone.subscribe(() => keep(session, phoneQuestionKey, asksAboutPhone.get() ? 'asked' : null));
  const dependencies = {
    hexkey,
    clock,
    browser,
    seats,
    handOver,
    version,
    operatorFingerprint,
    preferences,
    texts: createStore(englishTexts),
    wanted: keptStore(session, wantedKey),
    invite: keptStore(session, inviteKey),
    groupInvite: keptStore(session, groupInviteKey),
    asksAboutPhone,
    onboarding: createStore<OnboardingState>(initialOnboarding),
    attempts: createStore<AttemptState>(noAttempts),
    pinChangePostponed: createStore<boolean>(false),
    walletAccess: createStore<WalletAccess>('unknown'),
    sendStart: createStore<SendStart>(noStart),
    appLock: createAppLock({ hexkey, clock, storage: local }),
    busy: createBusy(),
    updateWaits: createStore<boolean>(false),
    takeover: createStore<Takeover | null>(null),
    toast: createStore<string | null>(null),
  };
  forgetWithSession(dependencies);
  return dependencies;
}

/** What belongs to one session goes with it, however it ended: the next account must not be offered the words of the last. */
function forgetWithSession(dependencies: AppDependencies): void {
  const { hexkey, onboarding, pinChangePostponed, walletAccess, sendStart } = dependencies;
  const { invite, groupInvite, asksAboutPhone } = dependencies;
  let sessionId = sessionIdOf(hexkey.place);
  hexkey.subscribe(() => {
    const before = sessionId;
    sessionId = sessionIdOf(hexkey.place);
    if (before === null || before === sessionId) return;
    onboarding.set(initialOnboarding);
    pinChangePostponed.set(false);
    walletAccess.set('unknown');
    sendStart.set(noStart);
    invite.set(null);
    groupInvite.set(null);
    asksAboutPhone.set(false);
  });
}

const sessionIdOf = (place: Place) => (place.at === 'signed-out' ? null : place.session.sessionId);

/** A text that outlives a reload of the tab. */
function keptStore(session: Storage, key: string): Store<string | null> {
  const store = createStore(session.getItem(key));
  store.subscribe(() => keep(session, key, store.get()));
  return store;
}

function keep(session: Storage, key: string, value: string | null): void {
  if (value === null) session.removeItem(key);
  else session.setItem(key, value);
}
