import { DomainError, isDomainError, routes } from '@hexkey/contract';
import { newPhrase, type Secret } from '@hexkey/protocol';
import { changePin } from './account/change-pin.ts';
import type { Client } from './account/client.ts';
import { callerOf, currentAccount } from './account/current-account.ts';
import { deviceKeysOfCodes, enterWithPhone } from './account/enter-with-phone.ts';
import { entropyOfWords } from './account/entropy-of-words.ts';
import {
  findPlace,
  isRefusedUnasked,
  placeAfterFailedSet,
  placeOfKept,
  placeOfSet,
} from './account/find-place.ts';
import { holdsOnlyCopyOfWords, logOut, switchAccount } from './account/leave-account.ts';
import { enterWithLegacyPin } from './account/legacy-pin.ts';
import { loginWithWords } from './account/login-with-words.ts';
import type { OpenAccount } from './account/open-account.ts';
import { provePin } from './account/prove-pin.ts';
import { registerWithWords } from './account/register-with-words.ts';
import { phoneCodeRequests } from './account/request-phone-code.ts';
import { setFirstPin } from './account/set-first-pin.ts';
import { startHere } from './account/start-here.ts';
import { unlock } from './account/unlock.ts';
import { viewWords } from './account/view-words.ts';
import { dismissPinWarning } from './attempt-log/dismiss-warning.ts';
import { exportPinHistory } from './attempt-log/export-pin-history.ts';
import { pinHistoryOf } from './attempt-log/pin-history-of.ts';
import { createBackground } from './background.ts';
import { lazyChats } from './chats/lazy-chats.ts';
import { createContactLogin } from './contact-login/create-contact-login.ts';
import { createAccountDeletion } from './deletion/create-account-deletion.ts';
import type { HexkeyDeps, WalletPorts } from './deps.ts';
import { createDeviceLinks } from './device-link/create-device-links.ts';
import { noteCalls } from './device-log/note-calls.ts';
import { endDevice, endOtherDevices } from './devices/end-devices.ts';
import { listDevices } from './devices/list-devices.ts';
import { createHelp } from './help/create-help.ts';
import type { Hexkey, PinProgress } from './hexkey.ts';
import { createIdentity } from './identity/create-identity.ts';
import type { Identity, IdentityChange } from './identity/identity.ts';
import { movePin } from './node-move/move-pin.ts';
import { askPinNodes } from './node-status/ask-pin-nodes.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { createPeople } from './people/create-people.ts';
import { checkNewPin } from './pin/check-pin.ts';
import { createGuessMemory } from './pin/guess-memory.ts';
import { createNodeTokens } from './pin/node-tokens.ts';
import { isCheckDue } from './pin-notes/check-ladder.ts';
import { noteCheckPassed, noteNewPin } from './pin-notes/keep-pin-notes.ts';
import { budgetAt } from './pin-notes/pin-budget.ts';
import { forgetTriedPins, triedPinCount, wasPinTried } from './pin-notes/was-pin-tried.ts';
import type { Place } from './place.ts';
import { createPrivacy } from './privacy/create-privacy.ts';
import { createRecoveryKit } from './recovery-kit/create-recovery-kit.ts';
import type { KeptAccount } from './storage/vault.ts';
import { createSupport } from './support/create-support.ts';
import { createTeamHexkey } from './team-hexkey/create-team-hexkey.ts';
import { createApiClient } from './transport/api-client.ts';
import { lazyWallet, noWallet } from './wallet/lazy-wallet.ts';
import { paymentsGoOn } from './wallet/payments-go-on.ts';
import { isOpen } from './wallet/transfers/kept-transfers.ts';
import type { Wallet } from './wallet/wallet.ts';

/** A `Hexkey` and the end of what it does behind its answers. */
export interface HexkeyClient extends Hexkey {
  /** Who speaks for whom: what conversations are built on, no part of the screens' interface. */
  readonly identity: Identity;
  /** Resolves when no background work is left: late nodes told of a right guess, wrong entries reported. */
  settled(): Promise<void>;
}

/** The whole client over what the outside gives it. Holds no secret between two operations. */
export function createHexkey(deps: HexkeyDeps): HexkeyClient {
  const api = noteCalls(createApiClient(deps), deps);
  const background = createBackground(deps.reportBug);
  const client: Client = {
    deps,
    api,
    tokens: createNodeTokens(api, deps.clock),
    guesses: createGuessMemory(deps.clock, deps.random),
    repairsRefused: new Set(),
    background: background.add,
    inLogTurn: oneAtATime(),
    inIdentityTurn: oneAtATime(),
    identityChanged: (change) => tellOfIdentity(change),
    historyRead: () => tellListeners(),
    makeWallet: (...given) => makeWallet(...given),
    walletChanged: () => {
      for (const listener of walletListeners) listener();
      goOnPaying();
    },
  };
  // An account changes one step at a time, whichever page takes it: two PIN entries at once would be two guesses.
  const inOwnTurn = oneAtATime();
  const inTurn = <T>(operation: () => Promise<T>) => inOwnTurn(() => deps.alone(operation));
  const listeners = new Set<() => void>();
  const walletListeners = new Set<() => void>();
  let making: { readonly progress: PinProgress | null } | null = null;
  const identityListeners = new Set<(change: IdentityChange) => void>();
  // By identity, and only as long as the caller holds the PIN.
  const purposes = new WeakMap<Secret<string>, 'choose' | 'finish'>();
  const stagedPins = new WeakSet<Secret<string>>();
  const deviceKeyOfCode = deviceKeysOfCodes(deps);
  let place: Place = { at: 'signed-out' };

  function tellListeners(): void {
    for (const listener of listeners) listener();
  }

  function tellOfIdentity(change: IdentityChange): void {
    for (const listener of identityListeners) listener(change);
    if (change.kind === 'own') tellListeners();
    deps.otherPages?.tell();
  }

  function show(next: Place): Place {
    deps.deviceLog?.note({ event: 'place', place: next.at });
    place = next;
    tellListeners();
    return next;
  }

  function moveTo(next: Place): Place {
    show(next);
    deps.otherPages?.tell();
    return next;
  }

  /** Goes where another page over this vault has gone. */
  async function follow(): Promise<void> {
    const next = placeOfKept(await deps.vault.currentAccount(), place);
    if (next === place) return;
    client.tokens.forget();
    show(next);
  }
  deps.otherPages?.listen(() => {
    background.add(inOwnTurn(follow));
    for (const listener of identityListeners) listener({ kind: 'elsewhere' });
    for (const listener of walletListeners) listener();
  });

  /** The account this page shows. Another page may have left it: nothing typed here may reach the next one. */
  async function shownAccount(): Promise<KeptAccount> {
    const account = await currentAccount(client);
    if (place.at === 'signed-out' || place.session.sessionId === account.session.sessionId) return account;
    await follow();
    throw new DomainError('SessionEnded', {});
  }

  /** An operation whose session turns out to be over ends at the landing page; what else is kept of the account stays. */
  async function ending<T>(operation: () => Promise<T>, before = place): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      if (isDomainError(error, 'SessionEnded')) await endSession(before);
      throw error;
    }
  }

  async function endSession(before: Place): Promise<void> {
    client.tokens.forget();
    const current = await deps.vault.currentAccount();
    // Another page may have begun a new session since.
    if (
      current !== null &&
      before.at !== 'signed-out' &&
      before.session.sessionId !== current.session.sessionId
    )
      return follow();
    await deps.vault.leaveAccount();
    moveTo({ at: 'signed-out' });
  }

  const enter = (login: () => Promise<KeptAccount>) =>
    inTurn(() => ending(async () => moveTo(await findPlace(client, await login()))));

  const leave = (departure: () => Promise<void>) =>
    inTurn(() =>
      ending(async () => {
        await shownAccount();
        await departure();
        client.tokens.forget();
        moveTo({ at: 'signed-out' });
      }),
    );

  /** Finding the session ended is an answer here: nobody was using it. */
  async function start(): Promise<Place> {
    try {
      const kept = placeOfKept(await deps.vault.currentAccount(), place);
      const found = await ending(async () => moveTo(await startHere(client)), kept);
      if (found.at === 'home') background.add(resumePayments().then(goOnPaying));
      return found;
    } catch (error) {
      if (isDomainError(error, 'SessionEnded')) return place;
      throw error;
    }
  }

  /** The code for it is fetched only where there is any. */
  async function hasOpenPayments(): Promise<boolean> {
    const account = await deps.vault.currentAccount();
    if (account === null || deps.wallet === undefined || place.at !== 'home') return false;
    const { transfers } = await deps.vault.walletBook(account.accountId);
    return transfers.some(isOpen);
  }

  /** What was signed and not seen to end is sent again. */
  async function resumePayments(): Promise<void> {
    if (!(await hasOpenPayments())) return;
    try {
      await wallet.resume();
    } catch (error) {
      // Offline, or logged out meanwhile: it is tried again later, or at the next start.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  const later = deps.wallet?.later;
  const goOn = later && paymentsGoOn({ hasOpen: hasOpenPayments, resume: resumePayments, later });
  // Nobody waits for it: as background work it would keep the client from ever settling.
  const goOnPaying = () => void goOn?.().catch(deps.reportBug);

  /** What a PIN was first entered for. A retry keeps it: digits typed once, to finish a set, never become a new PIN. */
  function enteredTo(pin: Secret<string>): 'choose' | 'finish' {
    const purpose = purposes.get(pin) ?? (place.at === 'set-pin' && place.interrupted ? 'finish' : 'choose');
    purposes.set(pin, purpose);
    return purpose;
  }

  async function setPin(...[pin, onProgress, options]: Parameters<Hexkey['setPin']>) {
    const entry = { pin, operation: 'setPin', onProgress };
    const how = {
      finishing: enteredTo(pin) === 'finish',
      acceptFewerNodes: options?.acceptFewerNodes ?? false,
    };
    try {
      const { account, words } = await setFirstPin(client, await shownAccount(), entry, how);
      await noteNewPin(client, account.accountId);
      moveTo(placeOfSet(account));
      return words;
    } catch (error) {
      const account = await deps.vault.currentAccount();
      if (account !== null && !isRefusedUnasked(error)) moveTo(placeAfterFailedSet(account, error));
      throw error;
    }
  }

  /** An operation of the open account. Whatever came of it, a PIN change may have been begun or ended with it. */
  const atHome = <T>(operation: (account: KeptAccount) => Promise<T>) =>
    inTurn(() =>
      ending(async () => {
        try {
          return await operation(await shownAccount());
        } finally {
          const account = await deps.vault.currentAccount();
          const interrupted = account?.changingPin ?? false;
          if (account !== null && place.at === 'home' && place.changeInterrupted !== interrupted)
            moveTo(placeOfSet(account));
        }
      }),
    );

  const ofAccount = async <T>(read: (account: KeptAccount) => Promise<T>) => read(await shownAccount());

  const open: OpenAccount = { read: (operation) => ending(() => ofAccount(operation)), act: atHome };
  const subscribe: Hexkey['subscribe'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const identity = createIdentity(client, open, (listener) => {
    identityListeners.add(listener);
    return () => identityListeners.delete(listener);
  });

  const { chats, tenant, notePerson, accountsOf } = lazyChats(async () => {
    const { conversations } = deps;
    if (conversations === undefined) throw new Error('this client was built without conversations');
    const { createConversations } = await import('./chats/create-conversations.ts');
    return createConversations(client, open, identity, conversations);
  });

  async function makeWallet(...[account, pinSecret, onProgress]: Parameters<Client['makeWallet']>) {
    const ports = deps.wallet;
    if (ports === undefined) return;
    const { tryToEnsureWallet } = await import('./wallet/key/ensure-wallet.ts');
    await tryToEnsureWallet(client, watched(ports), account, pinSecret, (progress) => {
      tellMaking(progress);
      onProgress?.(progress);
    });
    const { catchUpNodes } = await import('./wallet/catch-up-nodes.ts');
    client.background(catchUpNodes(client, account, pinSecret, inTurn));
  }

  function tellMaking(progress: PinProgress): void {
    if (making !== null) showMaking({ progress });
  }

  function showMaking(next: typeof making): void {
    making = next;
    client.walletChanged();
  }

  /** Screens show that a wallet is being made, however it was begun. */
  function watched(ports: WalletPorts): WalletPorts {
    return {
      ...ports,
      participants() {
        const participants = ports.participants();
        showMaking({ progress: null });
        return {
          ...participants,
          end() {
            participants.end();
            showMaking(null);
          },
        };
      },
    };
  }

  const subscribeToWallet: Wallet['subscribe'] = (listener) => {
    walletListeners.add(listener);
    return () => walletListeners.delete(listener);
  };
  const wallet = lazyWallet(async () => {
    const ports = deps.wallet;
    if (ports === undefined) return noWallet();
    const { createWallet } = await import('./wallet/create-wallet.ts');
    const host = {
      client,
      open,
      identity,
      chats: deps.conversations === undefined ? null : { send: chats.send, list: chats.list, accountsOf },
      get making() {
        return making;
      },
      tellMaking,
    };
    return createWallet(host, watched(ports));
  }, subscribeToWallet);

  return {
    get place() {
      return place;
    },
    people: createPeople(client, open, notePerson),
    privacy: createPrivacy(client, open),
    recoveryKit: createRecoveryKit(client, open),
    contactLogin: createContactLogin(client, enter),
    deletion: createAccountDeletion(client, open, leave),
    deviceLinks: createDeviceLinks(client, open, enter),
    identity,
    teamHexkey: createTeamHexkey(
      client,
      open,
      { place: () => place, subscribe },
      deps.conversations === undefined ? null : tenant,
    ),
    chats,
    help: createHelp(api),
    support: createSupport(client),
    wallet,
    // Waits for no other page: one that sleeps with an answer outstanding must not keep this one from opening.
    start: () => inOwnTurn(start),
    subscribe,
    newWords: () => newPhrase(deps.random),
    checkWords: (words) => void entropyOfWords(words),
    registerWithWords: (words) => enter(() => registerWithWords(client, words)),
    loginWithWords: (words) => enter(() => loginWithWords(client, words)),
    requestPhoneCode: phoneCodeRequests(client),
    registerWithPhone: (verificationId, code) =>
      enter(() =>
        enterWithPhone(client, routes.registerWithPhone, { verificationId, code }, deviceKeyOfCode),
      ),
    loginWithPhone: (verificationId, code) =>
      enter(() => enterWithPhone(client, routes.loginWithPhone, { verificationId, code }, deviceKeyOfCode)),
    loginWithLegacyPin: (verificationId, code, legacyPin) =>
      enter(() => enterWithLegacyPin(client, { verificationId, code, legacyPin }, deviceKeyOfCode)),
    checkNewPin,
    setPin: (...given) => inTurn(() => ending(() => setPin(...given))),
    unlock: (pin, onProgress, { keepsAccount = false } = {}) =>
      inTurn(() =>
        ending(async () => {
          const entry = { pin, operation: routes.unlockSession.name, onProgress, keepsAccount };
          const { account } = await unlock(client, await shownAccount(), entry);
          return moveTo(placeOfSet(account));
        }),
      ),
    changePin: (oldPin, newPin, onProgress, options = {}) =>
      atHome(async (account) => {
        const { acceptFewerNodes = false, someoneKnew = false } = options;
        const change = { oldPin, newPin, onProgress, acceptFewerNodes, someoneKnew };
        await changePin(client, account, change, stagedPins);
      }),
    movePin: (pin, onProgress, options = {}) =>
      atHome(async (account) => {
        const { acceptFewerNodes = false } = options;
        await movePin(client, account, { pin, onProgress, acceptFewerNodes });
      }),
    checkPin: (pin, onProgress) =>
      atHome(async (account) => {
        await provePin(client, account, { pin, operation: 'checkPin', onProgress });
        await noteCheckPassed(client, account.accountId);
      }),
    isCheckDue: () =>
      ofAccount(async ({ accountId }) =>
        isCheckDue((await deps.vault.pinNotes(accountId)).ladder, deps.clock.now()),
      ),
    lastBudget: () =>
      ofAccount(async ({ accountId, session }) =>
        budgetAt((await deps.vault.pinNotes(accountId)).budget, session.sessionId, deps.clock.now()),
      ),
    wasPinTried: (pin) => ending(() => ofAccount((account) => wasPinTried(client, account, pin))),
    triedPinCount: () => ofAccount((account) => triedPinCount(client, account)),
    forgetTriedPins: () => ofAccount((account) => forgetTriedPins(client, account)),
    pinNodes: () => ending(() => ofAccount((account) => askPinNodes(client, account))),
    viewWords: (pin) =>
      atHome((account) => viewWords(client, account, { pin, operation: 'viewWords', onProgress })),
    // In turn: a PIN entry that is listing the device right now is waited for.
    conversationPlace: () =>
      client.inIdentityTurn(async () => {
        if (deps.signatureKey === undefined) return 'taken';
        const own = await identity.own();
        if (own === null) return 'pin-needed';
        return own.credential === null ? 'none-free' : 'taken';
      }),
    account: () =>
      ending(async () => api.call(routes.getAccount, { caller: callerOf(client, await shownAccount()) })),
    setName: (name) =>
      ending(async () => {
        const caller = callerOf(client, await shownAccount());
        await api.call(routes.updateProfile, { caller, body: { name } });
      }),
    logs: (before) =>
      ending(async () => {
        const route = place.at === 'home' ? routes.listLogs : routes.listOwnAttempts;
        const caller = callerOf(client, await shownAccount());
        return api.call(route, { caller, query: before === undefined ? {} : { before } });
      }),
    exportAccount: (pin, onProgress, onRead = () => undefined) =>
      atHome(async (account) => {
        const { exportAccount } = await import('./account-export/export-account.ts');
        const operation = routes.openAccountExport.name;
        return exportAccount(client, account, { pin, operation, onProgress }, onRead);
      }),
    devices: () => ending(async () => listDevices(client, await shownAccount())),
    endDevice: (sessionId, pin) =>
      atHome((account) =>
        endDevice(client, account, sessionId, { pin, operation: routes.endDevice.name, onProgress }),
      ),
    endOtherDevices: (pin) =>
      atHome((account) =>
        endOtherDevices(client, account, { pin, operation: routes.endOtherDevices.name, onProgress }),
      ),
    pinHistory: async () => pinHistoryOf(client, await shownAccount()),
    dismissPinWarning: async (id) => dismissPinWarning(client, await shownAccount(), id),
    exportPinHistory: async () => exportPinHistory(client, await shownAccount()),
    holdsOnlyCopyOfWords: () => holdsOnlyCopyOfWords(client),
    switchAccount: () => leave(() => switchAccount(client)),
    logOut: (pin) => leave(() => logOut(client, { pin, operation: routes.logOut.name, onProgress })),
    settled: background.settled,
  };
}

/** Operations whose screens show no steps. */
const onProgress = () => undefined;
