import { type DeviceView, DomainError, type LogEntry, type SessionView } from '@hexkey/contract';
import { parsePhrase, Secret } from '@hexkey/protocol';
import type { AccountView, Hexkey, PinBudget, PinHistory, PinProgress, Place } from '@hexkey/sdk';
import { createFakeChats } from './fake-chats.ts';
import { fakeDeletion } from './fake-deletion.ts';
import { fakeHelp } from './fake-help.ts';
import { createFakeLinks } from './fake-links.ts';
import { fakePrivacy } from './fake-privacy.ts';
import { createFakeRecovery } from './fake-recovery.ts';
import { fakeSupport } from './fake-support.ts';
import { createFakeWallet, type WalletScenario, walletScenarios } from './fake-wallet.ts';
import { type HistoryTrouble, somePinHistory } from './some-pin-history.ts';
import { someNextNodes, somePinNodes } from './some-pin-nodes.ts';

/** What the fake's nodes and server do; tests of screens choose by address. */
export const scenarios = [
  'normal',
  'locked',
  'nodes-down',
  'nodes-silent',
  'no-logs',
  'logs-fail',
  'foreign-tries',
  'node-shrank',
  'no-pin-history',
  'only-copy',
  'legacy',
  'legacy-code-late',
  'interrupted',
  'nothing-to-finish',
  'change-interrupted',
  'change-fails',
  'some-nodes-away',
  'one-device',
  'devices-fail',
  'device-gone',
  'check-due',
  'check-due-later',
  'some-tried',
  'nodes-mixed',
  'nodes-offered',
  'nodes-offered-away',
  'nodes-fail',
  'nodes-fail-later',
  'locked-before',
  'kit-phone',
  'kit-all',
  'phone-due',
  'contact-gone',
  'contact-login-pending',
  'link-scanned',
  'link-approved',
  'link-forged',
  'link-fails',
  'link-gone',
  'link-late',
  'picture-stalls',
  'chats',
  'chats-fail',
  'chats-pin-needed',
  'chats-no-place',
  'chats-offline',
  'chats-obstacles',
  ...walletScenarios,
  'no-ticket',
  'ticket-unclaimed',
  'old-version',
  'deletion-pending',
  'start-fails',
  'clock-skew',
  'update-required',
] as const;
export type Scenario = (typeof scenarios)[number];

/** The one PIN the fake knows. */
export const fakePin = '314159';
export const fakeCode = '2718';
/** What an imported account had before, in the scenario `legacy`. */
export const fakeLegacyPin = '161803';
/** A BIP-39 test vector and its checksum word. */
export const fakeWords =
  'legal winner thank year wave sausage worth useful legal winner thank yellow vapor'.split(' ');
export const fakeAccountId = '6f1c2b9e-5d0a-4c3b-9a57-0d1f6a3c8e21';
const startedAtMs = Date.UTC(2026, 10, 3, 9, 30);

/** A Hexkey without servers, for tests of the screens alone. */
export function createFakeHexkey(given: {
  at: Place['at'];
  scenario: Scenario;
  nowMs: () => number;
}): Hexkey {
  const { scenario } = given;
  const listeners = new Set<() => void>();
  let place = placeAt('signed-out', scenario);
  let name: string | null = given.at === 'home' ? 'Ada Lovelace' : null;
  let pinHistory: PinHistory =
    scenario === 'no-pin-history'
      ? { readAtMs: null, threshold: 0, nodes: [], events: [], warnings: [] }
      : somePinHistory(given.nowMs(), troubleIn(scenario));
  let attemptsLeft = 5;
  const openedAtMs = given.nowMs();
  let isCheckDue = scenario === 'check-due';
  let conversationPlace = conversationPlaceIn(scenario);
  let budget: PinBudget | null =
    scenario === 'locked-before'
      ? { attemptsLeft: 0, retryAtMs: given.nowMs() + 6 * 86_400_000, saidAtMs: given.nowMs() - 1000 }
      : null;
  let nodesWereAsked = false;
  let hasMoved = false;
  const tried = new Set<string>(scenario === 'some-tried' ? ['271828', '161803', '141421'] : []);
  let devices = scenario === 'one-device' ? someDevices.slice(0, 1) : someDevices;
  const move = (next: Place): Place => {
    place = next;
    for (const listener of listeners) listener();
    return next;
  };
  const prove = async (pin: Secret<string>) => {
    await pause();
    if (scenario === 'nodes-down') throw new DomainError('NodesUnavailable', { reachable: 2, needed: 3 });
    if (scenario === 'locked') throw locked(86_399_000);
    if (pin.reveal() === fakePin) return tried.clear();
    attemptsLeft -= 1;
    tried.add(pin.reveal());
    budget = { attemptsLeft, retryAtMs: null, saidAtMs: given.nowMs() };
    if (attemptsLeft === 0) throw locked(86_400_000);
    throw new DomainError('WrongPin', { attemptsLeft });
  };

  const locked = (retryAfterMs: number) => {
    budget = { attemptsLeft: 0, retryAtMs: given.nowMs() + retryAfterMs, saidAtMs: given.nowMs() };
    return new DomainError('PinLocked', { retryAfterMs });
  };

  const needEveryNode = async ({ acceptFewerNodes = false }) => {
    await pause();
    if (['some-nodes-away', 'nodes-offered-away'].includes(scenario) && !acceptFewerNodes)
      throw new DomainError('SomeNodesAway', { reachable: 3, needed: 5 });
  };
  const exchange = async (onProgress: (progress: PinProgress) => void) => {
    for (const step of ['connecting', 'exchanging'] as const)
      for (let done = 0; done <= 5; done += 1) {
        onProgress({ step, done, of: 5 });
        await pause();
        if (scenario === 'nodes-down' && done === 2)
          throw new DomainError('NodesUnavailable', { reachable: 2, needed: 3 });
        if (scenario === 'nodes-silent' && step === 'exchanging' && done === 3)
          await new Promise(() => undefined);
      }
    onProgress({ step: 'generating' });
    await pause();
    onProgress({ step: 'registering' });
    await pause();
  };
  const makeKey = async (onProgress: (progress: PinProgress) => void) => {
    for (let done = 0; done <= 5; done += 1) {
      onProgress({ step: 'making-wallet', done, of: 5 });
      await pause();
    }
  };

  const recovery = createFakeRecovery({
    nowMs: given.nowMs,
    prove,
    words: fakeWords,
    enter: () => move(placeAt('enter-pin', scenario)),
    kit:
      scenario.startsWith('chats') ||
      scenario.startsWith('wallet') ||
      scenario === 'kit-all' ||
      scenario === 'contact-gone' ||
      scenario === 'contact-login-pending'
        ? 'all'
        : scenario === 'kit-phone' || scenario === 'phone-due'
          ? 'phone'
          : 'none',
    isPhoneDue: scenario === 'phone-due',
    isContactGone: scenario === 'contact-gone',
    picturesStall: scenario === 'picture-stalls',
    isContactLoginPending: scenario === 'contact-login-pending',
    hasPeople:
      scenario.startsWith('chats') ||
      scenario.startsWith('wallet') ||
      scenario === 'kit-phone' ||
      scenario === 'kit-all' ||
      scenario === 'contact-gone',
  });

  const fates = {
    'link-scanned': 'scanned',
    'link-approved': 'approved',
    'link-forged': 'forged',
    'link-fails': 'fails',
  } as const;
  const deviceLinks = createFakeLinks({
    nowMs: given.nowMs,
    prove: async (pin) => void (await prove(pin)),
    pause,
    enter: () => move(placeAt('enter-pin', scenario)),
    fate: scenario in fates ? fates[scenario as keyof typeof fates] : 'waits',
    isGone: scenario === 'link-gone' ? 'at-once' : scenario === 'link-late' ? 'after-the-pin' : 'no',
  });

  const chats = createFakeChats({
    nowMs: given.nowMs,
    isEmpty: !scenario.startsWith('chats'),
    hasObstacles: scenario === 'chats-obstacles',
    fails: scenario === 'chats-fail',
    isOffline: scenario === 'chats-offline',
  });

  const wallet = createFakeWallet({
    nowMs: given.nowMs,
    scenario: walletScenarioIn(scenario),
    ...{ prove, makeKey, pause },
    find: (hexkeyId) => recovery.people.find(hexkeyId),
    async isCompared(hexkeyId) {
      const chat = (await chats.list()).find(({ peer }) => peer?.person?.hexkeyId === hexkeyId);
      return chat !== undefined && (await chats.safetyNumber(chat.chatId)).state === 'verified';
    },
  });

  return {
    ...recovery,
    privacy: fakePrivacy(),
    wallet,
    chats,
    help: fakeHelp(),
    support: fakeSupport(ticketIn(scenario), scenario === 'old-version', given.nowMs),
    deviceLinks,
    deletion: fakeDeletion({
      nowMs: given.nowMs,
      prove: async (pin) => void (await prove(pin)),
      isPending: scenario === 'deletion-pending',
      hasPhone: async () => (await recovery.recoveryKit.state()).phone.state === 'added',
      leave: () => move(placeAt('signed-out', scenario)),
    }),
    get place() {
      return place;
    },
    async start() {
      if (scenario === 'start-fails') throw new DomainError('Offline', {});
      if (scenario === 'clock-skew')
        throw new DomainError('ClockSkewed', { serverTimeMs: given.nowMs() + 37 * 60_000 });
      if (scenario === 'update-required')
        throw new DomainError('UpdateRequired', { minimumVersion: '0.9.0' });
      return move(placeAt(given.at, scenario));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    newWords: () => new Secret([...fakeWords]),
    checkWords(words) {
      const verdict = parsePhrase(words);
      if (!verdict.ok)
        throw new DomainError('InvalidPhrase', { problem: verdict.problem, wordIndex: verdict.wordIndex });
    },
    registerWithWords: async () => move(placeAt('set-pin', scenario)),
    loginWithWords: async () => move(placeAt('enter-pin', scenario)),
    requestPhoneCode: async () => aVerification(given.nowMs()),
    async registerWithPhone(_verificationId, code) {
      if (code.reveal() !== fakeCode) throw new DomainError('WrongCode', { triesLeft: 2 });
      return move(placeAt('set-pin', scenario));
    },
    async loginWithPhone(_verificationId, code) {
      if (code.reveal() !== fakeCode) throw new DomainError('WrongCode', { triesLeft: 2 });
      if (scenario === 'legacy') throw new DomainError('PinUpgradeRequired', { tool: '/upgrade-pin' });
      return move(placeAt('enter-pin', scenario));
    },
    async loginWithLegacyPin(_verificationId, _code, legacyPin) {
      await pause();
      if (scenario === 'legacy-code-late') throw new DomainError('ExpiredCode', {});
      if (legacyPin.reveal() !== fakeLegacyPin) throw new DomainError('WrongLegacyPin', { attemptsLeft: 4 });
      return move(placeAt('set-pin', scenario));
    },
    checkNewPin(pin) {
      if (new Set(pin.reveal()).size <= 2 || pin.reveal() === '123456') throw new DomainError('WeakPin', {});
    },
    async setPin(pin, onProgress, options = {}) {
      if (scenario === 'legacy' && pin.reveal() === fakeLegacyPin)
        throw new DomainError('SameAsLegacyPin', {});
      await needEveryNode(options);
      if (scenario === 'nothing-to-finish' && place.at === 'set-pin' && place.interrupted) {
        move({ ...place, interrupted: false });
        throw new DomainError('PinSetInterrupted', {});
      }
      if (scenario === 'locked') throw locked(86_399_000);
      await exchange(onProgress);
      await makeKey(onProgress);
      move(placeAt('home', scenario));
      return new Secret([...fakeWords]);
    },
    async changePin(oldPin, _newPin, onProgress, options = {}) {
      await needEveryNode(options);
      await prove(oldPin);
      if (scenario === 'change-fails') throw new DomainError('NodesUnavailable', { reachable: 2, needed: 3 });
      await exchange(onProgress);
    },
    async movePin(pin, onProgress, options = {}) {
      await needEveryNode(options);
      await prove(pin);
      await exchange(onProgress);
      hasMoved = true;
    },
    conversationPlace: async () => conversationPlace,
    async checkPin(pin) {
      await prove(pin);
      isCheckDue = false;
      if (conversationPlace === 'pin-needed') conversationPlace = 'taken';
      move(placeAt('home', 'normal'));
    },
    async unlock(pin, _onProgress, { keepsAccount = false } = {}) {
      await prove(pin);
      if (scenario === 'deletion-pending' && !keepsAccount)
        throw new DomainError('DeletionPending', { requestedAtMs: 0, effectiveAtMs: 0 });
      return move(placeAt('home', scenario));
    },
    isCheckDue: async () =>
      isCheckDue || (scenario === 'check-due-later' && given.nowMs() > openedAtMs + 600_000),
    lastBudget: async () => budget,
    wasPinTried: async (pin) => tried.has(pin.reveal()),
    triedPinCount: async () => tried.size,
    async forgetTriedPins() {
      tried.clear();
    },
    async pinNodes() {
      await pause();
      if (scenario === 'nodes-silent') await new Promise(() => undefined);
      if (scenario === 'nodes-fail' || (scenario === 'nodes-fail-later' && nodesWereAsked))
        throw new DomainError('Offline', {});
      nodesWereAsked = true;
      const nodes = somePinNodes(given.nowMs(), scenario === 'nodes-mixed');
      const isOffered = scenario.startsWith('nodes-offered') && !hasMoved;
      return isOffered ? { ...nodes, next: someNextNodes } : nodes;
    },
    async viewWords(pin) {
      await prove(pin);
      return new Secret([...fakeWords]);
    },
    async account() {
      const { phone } = await recovery.recoveryKit.state();
      return { ...anAccount, name, phoneMasked: phone.phoneMasked };
    },
    async setName(next) {
      name = next;
    },
    async logs(before) {
      if (scenario === 'logs-fail') throw new DomainError('Offline', {});
      if (scenario === 'no-logs') return { entries: [], more: false };
      return { entries: someLogs(before === undefined ? 0 : 8), more: before === undefined };
    },
    async devices() {
      if (scenario === 'devices-fail') throw new DomainError('Offline', {});
      await pause();
      return devices;
    },
    async endDevice(sessionId, pin) {
      await prove(pin);
      if (scenario === 'device-gone') throw new DomainError('NotFound', { what: 'device' });
      devices = devices.filter((device) => device.sessionId !== sessionId);
    },
    async endOtherDevices(pin) {
      await prove(pin);
      devices = devices.filter(({ isThisOne }) => isThisOne);
    },
    pinHistory: async () => pinHistory,
    async dismissPinWarning(id) {
      await pause();
      pinHistory = { ...pinHistory, warnings: pinHistory.warnings.filter((warning) => warning.id !== id) };
      move(place);
    },
    exportPinHistory: async () => '{}',
    async exportAccount(pin, _onProgress, onRead) {
      await prove(pin);
      onRead?.(1, 2);
      await pause();
      return '{"readme":[]}';
    },
    holdsOnlyCopyOfWords: async () => scenario === 'only-copy',
    async switchAccount() {
      move(placeAt('signed-out', scenario));
    },
    async logOut(pin) {
      await prove(pin);
      move(placeAt('signed-out', scenario));
    },
  };
}

const walletScenarioIn = (scenario: Scenario): WalletScenario | null =>
  walletScenarios.find((each) => each === scenario) ?? (scenario === 'chats' ? 'wallet' : null);

const ticketIn = (scenario: Scenario) =>
  scenario === 'no-ticket' ? 'none' : scenario === 'ticket-unclaimed' ? 'unclaimed' : 'there';

const troubleIn = (scenario: Scenario): HistoryTrouble =>
  scenario === 'foreign-tries' || scenario === 'node-shrank' ? scenario : null;

/** Long enough for a step to be painted. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 30));

export const aVerification = (nowMs: number) => ({
  verificationId: '0c7b8f3a-91a4-4d7e-8a35-1b2c3d4e5f60',
  resendAtMs: nowMs + 60_000,
  expiresAtMs: nowMs + 300_000,
});

function placeAt(at: Place['at'], scenario: Scenario): Place {
  if (at === 'signed-out') return { at };
  const session: SessionView = {
    sessionId: 'a4b1f0c2-3d5e-4f60-9182-93a4b5c6d7e8',
    accountId: fakeAccountId,
    state: at === 'home' ? 'full' : 'locked',
    pinState: at === 'set-pin' ? 'unset' : 'set',
    hasSealedEntropy: false,
    registeredWith: 'words',
    endsAtMs: null,
  };
  if (at === 'home') return { at, session, changeInterrupted: scenario === 'change-interrupted' };
  return at === 'set-pin'
    ? { at, session, interrupted: scenario === 'interrupted' || scenario === 'nothing-to-finish' }
    : { at, session };
}

const anAccount: AccountView = {
  accountId: fakeAccountId,
  hexkeyId: '41592653',
  name: null,
  avatarId: null,
  phoneMasked: null,
  registeredWith: 'words',
  createdAtMs: startedAtMs,
  pinSetAtMs: startedAtMs + 120_000,
};

const aDevice = { deviceKeyThumbprint: 'A'.repeat(43), isThisOne: false, createdAtMs: startedAtMs };
const someDevices: readonly DeviceView[] = [
  {
    ...aDevice,
    sessionId: 'a4b1f0c2-3d5e-4f60-9182-93a4b5c6d7e8',
    name: 'Chromium on Linux',
    platform: 'web',
    state: 'full',
    place: '203.0.113.7',
    lastSeenAtMs: startedAtMs + 9_000_000,
    isThisOne: true,
  },
  {
    ...aDevice,
    sessionId: 'b4b1f0c2-3d5e-4f60-9182-93a4b5c6d7e8',
    name: 'build-server',
    platform: 'cli',
    state: 'full',
    place: '2001:db8:85a3::8a2e:370:7334',
    lastSeenAtMs: startedAtMs + 7_200_000,
  },
  {
    ...aDevice,
    sessionId: 'c4b1f0c2-3d5e-4f60-9182-93a4b5c6d7e8',
    name: 'Safari on iPhone',
    platform: 'web',
    state: 'locked',
    place: null,
    lastSeenAtMs: startedAtMs,
  },
];

function someLogs(from: number): readonly LogEntry[] {
  const operations = [
    'unlockSession',
    'unlockSession',
    'loginWithWords',
    'activatePin',
    'changePin',
    'registerWithWords',
    'someNewOperation',
  ];
  const outcomes = ['success', 'wrong-pin', 'locked'] as const;
  return Array.from({ length: 8 }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(from + index).padStart(12, '0')}`,
    operation: operations[index % operations.length] ?? 'unlockSession',
    outcome: index < 3 ? (outcomes[index] ?? 'success') : 'success',
    atMs: startedAtMs - (from + index) * 5_400_000,
    device: 'Chromium on Linux',
    place: index % 2 === 0 ? '203.0.113.7' : null,
  }));
}

function conversationPlaceIn(scenario: Scenario): Awaited<ReturnType<Hexkey['conversationPlace']>> {
  if (scenario === 'chats-pin-needed') return 'pin-needed';
  return scenario === 'chats-no-place' ? 'none-free' : 'taken';
}
