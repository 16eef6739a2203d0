import { DomainError, type LogEntry, type SessionView } from '@hexkey/contract';
import { parsePhrase, Secret } from '@hexkey/protocol';
import type { AccountView, Hexkey, PinProgress, Place } from '@hexkey/sdk';

/** What the fake's nodes and server do; tests of screens choose by address. */
export const scenarios = [
  'normal',
  'locked',
  'nodes-down',
  'nodes-silent',
  'no-logs',
  'logs-fail',
  'only-copy',
  'interrupted',
  'nothing-to-finish',
  'change-interrupted',
  'change-fails',
  'start-fails',
  'clock-skew',
  'update-required',
] as const;
export type Scenario = (typeof scenarios)[number];

/** The one PIN the fake knows. */
export const fakePin = '314159';
const fakeCode = '2718';
const fakeWords = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');
const accountId = '6f1c2b9e-5d0a-4c3b-9a57-0d1f6a3c8e21';
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
  let attemptsLeft = 5;
  const move = (next: Place): Place => {
    place = next;
    for (const listener of listeners) listener();
    return next;
  };
  const prove = async (pin: Secret<string>) => {
    await pause();
    if (scenario === 'nodes-down') throw new DomainError('NodesUnavailable', { reachable: 2, needed: 3 });
    if (scenario === 'locked') throw new DomainError('PinLocked', { retryAfterMs: 86_399_000 });
    if (pin.reveal() === fakePin) return;
    attemptsLeft -= 1;
    if (attemptsLeft === 0) throw new DomainError('PinLocked', { retryAfterMs: 86_400_000 });
    throw new DomainError('WrongPin', { attemptsLeft });
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

  return {
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
    newWords: () => new Secret([...fakeWords, 'year']),
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
      return move(placeAt('enter-pin', scenario));
    },
    checkNewPin(pin) {
      if (new Set(pin.reveal()).size <= 2 || pin.reveal() === '123456') throw new DomainError('WeakPin', {});
    },
    async setPin(_pin, onProgress) {
      if (scenario === 'nothing-to-finish' && place.at === 'set-pin' && place.interrupted) {
        move({ ...place, interrupted: false });
        throw new DomainError('PinSetInterrupted', {});
      }
      await exchange(onProgress);
      move(placeAt('home', scenario));
      return new Secret([...fakeWords, 'year']);
    },
    async changePin(oldPin, _newPin, onProgress) {
      await prove(oldPin);
      if (scenario === 'change-fails') throw new DomainError('NodesUnavailable', { reachable: 2, needed: 3 });
      await exchange(onProgress);
    },
    async checkPin(pin) {
      await prove(pin);
      move(placeAt('home', 'normal'));
    },
    async unlock(pin) {
      await prove(pin);
      return move(placeAt('home', scenario));
    },
    async viewWords(pin) {
      await prove(pin);
      return new Secret([...fakeWords, 'year']);
    },
    account: async () => ({ ...anAccount, name }),
    async setName(next) {
      name = next;
    },
    async logs(before) {
      if (scenario === 'logs-fail') throw new DomainError('Offline', {});
      if (scenario === 'no-logs') return { entries: [], more: false };
      return { entries: someLogs(before === undefined ? 0 : 8), more: before === undefined };
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
    accountId,
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
  accountId,
  hexkeyId: '41592653',
  name: null,
  phoneMasked: null,
  registeredWith: 'words',
  createdAtMs: startedAtMs,
  pinSetAtMs: startedAtMs + 120_000,
};

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
