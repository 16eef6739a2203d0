import type { Clock } from '@hexkey/protocol';
import type { Hexkey } from '@hexkey/sdk';
import { createContext, useContext } from 'react';
import type { SeatId, Seats } from '../accounts/seats.ts';
import type { AppLock } from '../app-lock/app-lock.ts';
import type { LockPasskeys } from '../app-lock/lock-passkey.ts';
import type { Busy } from '../app-update/busy.ts';
import type { Texts } from '../i18n/texts.ts';
import type { BrowserNotices } from '../notifications/browser-notices.ts';
import type { OnboardingState } from '../onboarding/onboarding-state.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { SendStart } from '../send-money/send-start.ts';
import type { AttemptState } from '../unlock/attempt-state.ts';
import type { WalletAccess } from '../wallet/wallet-access.ts';
import type { Store } from './store.ts';
import type { Takeover } from './takeover.ts';

/** What of the browser the screens use, so that tests can stand in for it. */
export interface BrowserPort {
  /** BCP 47 tags, best first. */
  readonly languages: readonly string[];
  copyText(text: string): Promise<void>;
  /** The clipboard is emptied a minute later. */
  copySecret(text: string): Promise<void>;
  /** Asks that the data be kept when the disk is full. @returns whether the browser promised it */
  persistStorage(): Promise<boolean>;
  isStoragePersistent(): Promise<boolean>;
  /** Hands a text to another app of the person's choice; null where the browser cannot. Resolves too when they chose none. */
  readonly share: ((text: string) => Promise<void>) | null;
  /** Hands the person a file. */
  saveText(fileName: string, text: string): void;
  reload(): void;
  /** Loads the client anew at its beginning: nothing of this one stays in memory. */
  startOver(): void;
  readonly notices: BrowserNotices;
  readonly updates: {
    /** The version that waits begins, in all tabs. @returns false: one of them is in the middle of something */
    begin(): Promise<boolean>;
    /** Reloads with the newest version that the server has. */
    beginNewest(): void;
  };
  /** They open the app lock. */
  readonly passkeys: LockPasskeys;
}

/** Everything the screens get from outside; `main.tsx` puts it together. */
export interface AppDependencies {
  readonly hexkey: Hexkey;
  readonly clock: Clock;
  readonly browser: BrowserPort;
  /** The accounts of this browser. */
  readonly seats: Seats;
  /** This tab's login goes to another seat: the account's own, which may have none any more. */
  readonly handOver: (to: SeatId) => Promise<void>;
  readonly version: string;
  /** Of the operator key compiled into this client, for people to compare. */
  readonly operatorFingerprint: string;
  /** Kept by the browser across starts. */
  readonly preferences: Store<Preferences>;
  /** Of the language that is spoken now: the chosen one, once it is loaded. */
  readonly texts: Store<Texts>;
  /** Kept for this tab only. */
  readonly wanted: Store<string | null>;
  /** Hexkey ID of whoever invited this person, until it is answered. Kept for this tab only, through a registration. */
  readonly invite: Store<string | null>;
  /** The link of a group that was opened, until it is answered. It lets its reader ask to join, so it is kept for this tab only. */
  readonly groupInvite: Store<string | null>;
  /** "Change your phone number now?" is still to be asked. Kept for this tab only. */
  readonly asksAboutPhone: Store<boolean>;
  readonly onboarding: Store<OnboardingState>;
  readonly attempts: Store<AttemptState>;
  /** An interrupted PIN change is not asked about again until the next start. In memory only. */
  readonly pinChangePostponed: Store<boolean>;
  /** Closed again when its pages are left. */
  readonly walletAccess: Store<WalletAccess>;
  /** Whom or what the next payment is to be about, chosen on another page. In memory only. */
  readonly sendStart: Store<SendStart>;
  readonly appLock: AppLock;
  /** What this page is in the middle of. */
  readonly busy: Busy;
  /** A newer version is in this browser, and waits for its owner's word. */
  readonly updateWaits: Store<boolean>;
  readonly takeover: Store<Takeover | null>;
  readonly toast: Store<string | null>;
}

export const DependenciesContext = createContext<AppDependencies | null>(null);

export function useDependencies(): AppDependencies {
  const dependencies = useContext(DependenciesContext);
  if (!dependencies) throw new Error('outside of DependenciesContext');
  return dependencies;
}
