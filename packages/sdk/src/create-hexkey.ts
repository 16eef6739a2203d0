import { isDomainError, routes } from '@hexkey/contract';
import { newPhrase, type Secret } from '@hexkey/protocol';
import { changePin } from './account/change-pin.ts';
import type { Client } from './account/client.ts';
import { callerOf, currentAccount } from './account/current-account.ts';
import { enterWithPhone, requestPhoneCode } from './account/enter-with-phone.ts';
import { entropyOfWords } from './account/entropy-of-words.ts';
import { findPlace, placeAfterFailedSet, placeOfSet } from './account/find-place.ts';
import { holdsOnlyCopyOfWords, logOut, switchAccount } from './account/leave-account.ts';
import { loginWithWords } from './account/login-with-words.ts';
import { provePin } from './account/prove-pin.ts';
import { registerWithWords } from './account/register-with-words.ts';
import { setFirstPin } from './account/set-first-pin.ts';
import { startHere } from './account/start-here.ts';
import { unlock } from './account/unlock.ts';
import { viewWords } from './account/view-words.ts';
import { createBackground } from './background.ts';
import type { HexkeyDeps } from './deps.ts';
import type { Hexkey, Place } from './hexkey.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { checkNewPin } from './pin/check-pin.ts';
import { createGuessMemory } from './pin/guess-memory.ts';
import { createNodeTokens } from './pin/node-tokens.ts';
import type { KeptAccount } from './storage/vault.ts';
import { createApiClient } from './transport/api-client.ts';

/** A `Hexkey` and the end of what it does behind its answers. */
export interface HexkeyClient extends Hexkey {
  /** Resolves when no background work is left: late nodes told of a right guess, wrong entries reported. */
  settled(): Promise<void>;
}

/** The whole client over what the outside gives it. Holds no secret between two operations. */
export function createHexkey(deps: HexkeyDeps): HexkeyClient {
  const api = createApiClient(deps);
  const background = createBackground(deps.reportBug);
  const client: Client = {
    deps,
    api,
    tokens: createNodeTokens(api, deps.clock),
    guesses: createGuessMemory(deps.clock, deps.random),
    background: background.add,
  };
  // An account changes one step at a time: two PIN entries at once would be two guesses.
  const inTurn = oneAtATime();
  const listeners = new Set<() => void>();
  // By identity, and only as long as the caller holds the PIN.
  const purposes = new WeakMap<Secret<string>, 'choose' | 'finish'>();
  const stagedPins = new WeakSet<Secret<string>>();
  let place: Place = { at: 'signed-out' };

  function moveTo(next: Place): Place {
    place = next;
    for (const listener of listeners) listener();
    return next;
  }

  /** An operation whose session turns out to be over ends at the landing page; what else is kept of the account stays. */
  async function ending<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      if (isDomainError(error, 'SessionEnded')) {
        client.tokens.forget();
        await deps.vault.leaveAccount();
        moveTo({ at: 'signed-out' });
      }
      throw error;
    }
  }

  const enter = (login: () => Promise<KeptAccount>) =>
    inTurn(() => ending(async () => moveTo(await findPlace(client, await login()))));

  const leave = (departure: () => Promise<void>) =>
    inTurn(() =>
      ending(async () => {
        await departure();
        client.tokens.forget();
        moveTo({ at: 'signed-out' });
      }),
    );

  /** Finding the session ended is an answer here: nobody was using it. */
  async function start(): Promise<Place> {
    try {
      return await ending(async () => moveTo(await startHere(client)));
    } catch (error) {
      if (isDomainError(error, 'SessionEnded')) return place;
      throw error;
    }
  }

  /** What a PIN was first entered for. A retry keeps it: digits typed once, to finish a set, never become a new PIN. */
  function enteredTo(pin: Secret<string>): 'choose' | 'finish' {
    const purpose = purposes.get(pin) ?? (place.at === 'set-pin' && place.interrupted ? 'finish' : 'choose');
    purposes.set(pin, purpose);
    return purpose;
  }

  async function setPin(pin: Secret<string>, onProgress: Parameters<Hexkey['setPin']>[1]) {
    const entry = { pin, operation: 'setPin', onProgress };
    const finishing = enteredTo(pin) === 'finish';
    try {
      const { account, words } = await setFirstPin(client, await currentAccount(client), entry, finishing);
      moveTo(placeOfSet(account));
      return words;
    } catch (error) {
      const account = await deps.vault.currentAccount();
      if (account !== null) moveTo(placeAfterFailedSet(account, error));
      throw error;
    }
  }

  /** An operation of the open account. Whatever came of it, a PIN change may have been begun or ended with it. */
  const atHome = <T>(operation: (account: KeptAccount) => Promise<T>) =>
    inTurn(() =>
      ending(async () => {
        try {
          return await operation(await currentAccount(client));
        } finally {
          const account = await deps.vault.currentAccount();
          const interrupted = account?.changingPin ?? false;
          if (account !== null && place.at === 'home' && place.changeInterrupted !== interrupted)
            moveTo(placeOfSet(account));
        }
      }),
    );

  return {
    get place() {
      return place;
    },
    start: () => inTurn(start),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    newWords: () => newPhrase(deps.random),
    checkWords: (words) => void entropyOfWords(words),
    registerWithWords: (words) => enter(() => registerWithWords(client, words)),
    loginWithWords: (words) => enter(() => loginWithWords(client, words)),
    requestPhoneCode: (phone, purpose, locale) => requestPhoneCode(client, phone, purpose, locale),
    registerWithPhone: (verificationId, code) =>
      enter(() => enterWithPhone(client, routes.registerWithPhone, verificationId, code)),
    loginWithPhone: (verificationId, code) =>
      enter(() => enterWithPhone(client, routes.loginWithPhone, verificationId, code)),
    checkNewPin,
    setPin: (pin, onProgress) => inTurn(() => ending(() => deps.alone(() => setPin(pin, onProgress)))),
    unlock: (pin, onProgress) =>
      inTurn(() =>
        ending(async () => {
          const entry = { pin, operation: routes.unlockSession.name, onProgress };
          const { account } = await unlock(client, await currentAccount(client), entry);
          return moveTo(placeOfSet(account));
        }),
      ),
    changePin: (oldPin, newPin, onProgress) =>
      atHome(async (account) => {
        await changePin(client, account, { oldPin, newPin, onProgress }, stagedPins);
      }),
    checkPin: (pin, onProgress) =>
      atHome(async (account) => {
        await provePin(client, account, { pin, operation: 'checkPin', onProgress });
      }),
    viewWords: (pin) =>
      atHome((account) => viewWords(client, account, { pin, operation: 'viewWords', onProgress })),
    account: () =>
      ending(async () =>
        api.call(routes.getAccount, { caller: callerOf(client, await currentAccount(client)) }),
      ),
    setName: (name) =>
      ending(async () => {
        const caller = callerOf(client, await currentAccount(client));
        await api.call(routes.updateProfile, { caller, body: { name } });
      }),
    logs: (before) =>
      ending(async () => {
        const route = place.at === 'home' ? routes.listLogs : routes.listOwnAttempts;
        const caller = callerOf(client, await currentAccount(client));
        return api.call(route, { caller, query: before === undefined ? {} : { before } });
      }),
    holdsOnlyCopyOfWords: () => holdsOnlyCopyOfWords(client),
    switchAccount: () => leave(() => switchAccount(client)),
    logOut: (pin) => leave(() => logOut(client, { pin, operation: routes.logOut.name, onProgress })),
    settled: background.settled,
  };
}

/** Operations whose screens show no steps. */
const onProgress = () => undefined;
