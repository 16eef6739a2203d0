import { Secret } from '@hexkey/protocol';
import type { Hexkey, Place } from '@hexkey/sdk';
import { expect, test } from 'vitest';
import { firstSeat, type Seats } from '../accounts/seats.ts';
import type { BrowserPort } from './app-dependencies.ts';
import { createDependencies } from './create-dependencies.ts';

const nowhere = { getItem: () => null, setItem() {}, removeItem() {} } as unknown as Storage;

/** The screens' stores over a Hexkey that only moves. */
function open(sessionId: string | null, session = nowhere) {
  const listeners = new Set<() => void>();
  const placeOf = (id: string | null) =>
    (id === null ? { at: 'signed-out' } : { at: 'home', session: { sessionId: id } }) as Place;
  let place = placeOf(sessionId);
  const dependencies = createDependencies({
    hexkey: {
      get place() {
        return place;
      },
      subscribe: (listener: () => void) => listeners.add(listener),
    } as unknown as Hexkey,
    clock: { now: () => 0 },
    browser: {} as BrowserPort,
    handOver: async () => undefined,
    seats: { own: firstSeat } as Seats,
    version: 'test',
    operatorFingerprint: '',
    local: nowhere,
    session,
  });
  const move = (id: string | null) => {
    place = placeOf(id);
    for (const listener of listeners) listener();
  };
  return { dependencies, move };
}

const words = new Secret(['legal', 'winner']);

test.each([null, 'another'])('words on offer are never shown to the next account (session %s)', (next) => {
  const { dependencies, move } = open('one');
  const { onboarding, pinChangePostponed, walletAccess } = dependencies;
  onboarding.set({ ...onboarding.get(), offeredWords: words, newWords: words });
  pinChangePostponed.set(true);
  walletAccess.set('open');
  move(next);
  expect(onboarding.get()).toMatchObject({ offeredWords: null, newWords: null });
  expect(pinChangePostponed.get()).toBe(false);
  expect(walletAccess.get()).toBe('unknown');
});

test('what a login is about to use stays while it becomes a session, and the words while that lasts', () => {
  const { dependencies, move } = open(null);
  const { onboarding } = dependencies;
  onboarding.set({ ...onboarding.get(), newWords: words });
  move('one');
  expect(onboarding.get().newWords).toBe(words);
  onboarding.set({ ...onboarding.get(), offeredWords: words });
  move('one');
  expect(onboarding.get().offeredWords).toBe(words);
});

test('an invite survives a registration and a reload, and goes with the session it was opened in', () => {
  const kept = new Map<string, string>();
  const session = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage;
  const { dependencies, move } = open(null, session);
  dependencies.invite.set('314159265');
  dependencies.groupInvite.set('https://hexkey.example/g#somebody');
  dependencies.asksAboutPhone.set(true);
  move('one');
  const reloaded = open('one', session).dependencies;
  expect(reloaded.invite.get()).toBe('314159265');
  expect(reloaded.groupInvite.get()).toBe('https://hexkey.example/g#somebody');
  expect(reloaded.asksAboutPhone.get()).toBe(true);
  move(null);
  expect(dependencies.invite.get()).toBe(null);
  expect(dependencies.groupInvite.get()).toBe(null);
  expect(kept.size).toBe(0);
});
