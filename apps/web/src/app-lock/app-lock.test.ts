import type { Hexkey, Place } from '@hexkey/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAppLock } from './app-lock.ts';
import { isClosed, lockKey, lockMinutes, readLock } from './kept-lock.ts';

const accountId = '6f1c2b9e-5d0a-4c3b-9a57-0d1f6a3c8e21';
const minuteMs = 60_000;

/** A browser in which tabs of one account open; `at` moves the time. */
function aBrowser() {
  const entries = new Map<string, string>();
  let nowMs = 1_000_000_000;
  const storage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
  const placeAt = (at: Place['at'], id: string) =>
    (at === 'signed-out' ? { at } : { at, session: { accountId: id } }) as Place;
  return {
    entries,
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** A tab that has started, and stands at `at`. */
    tab(at: Place['at'] = 'home', id = accountId) {
      const listeners = new Set<() => void>();
      let place = placeAt('signed-out', id);
      const hexkey = {
        get place() {
          return place;
        },
        subscribe: (listener: () => void) => listeners.add(listener),
      } as unknown as Hexkey;
      const lock = createAppLock({ hexkey, clock: { now: () => nowMs }, storage });
      const move = (next: Place['at']) => {
        place = placeAt(next, id);
        for (const listener of listeners) listener();
      };
      move(at);
      return { ...lock, move, closed: () => lock.state.get().isClosed };
    },
  };
}

test('it closes after that long without use in any tab, and not before', () => {
  for (const minutes of lockMinutes.filter((one) => one > 0)) {
    const browser = aBrowser();
    const [one, other] = [browser.tab(), browser.tab()];
    one.choose(minutes);
    browser.pass(minutes * minuteMs - 1);
    other.noteUse();
    browser.pass(minutes * minuteMs - 1);
    one.look();
    expect(one.closed()).toBe(false);
    browser.pass(1);
    for (const tab of [one, other]) tab.look();
    expect([one.closed(), other.closed()]).toEqual([true, true]);
  }
});

test('whoever asks whether it is closed now is told so, although no timer has looked since it closed', () => {
  const browser = aBrowser();
  const tab = browser.tab();
  tab.choose(1);
  browser.pass(minuteMs);
  expect(tab.closed()).toBe(false);
  expect(tab.isClosedNow()).toBe(true);
});

test('a use that comes too late does not keep it open', () => {
  const browser = aBrowser();
  const tab = browser.tab();
  tab.choose(1);
  browser.pass(minuteMs);
  tab.noteUse();
  tab.look();
  expect(tab.closed()).toBe(true);
  tab.noteUse();
  expect(tab.closed()).toBe(true);
});

test('“at once” closes every tab when one goes out of sight, and a page that starts begins closed', () => {
  const browser = aBrowser();
  const [one, other] = [browser.tab(), browser.tab()];
  one.choose(0);
  browser.pass(60 * minuteMs);
  one.look();
  expect(one.closed()).toBe(false);
  one.noteHidden();
  other.look();
  expect([one.closed(), other.closed()]).toEqual([true, true]);
  one.open();
  expect(browser.tab().closed()).toBe(true);
});

test('other choices do not close what is only out of sight, and a page that starts within the time is open', () => {
  const browser = aBrowser();
  const tab = browser.tab();
  tab.choose(5);
  tab.noteHidden();
  expect([tab.closed(), browser.tab().closed()]).toEqual([false, false]);
  browser.pass(5 * minuteMs);
  expect(browser.tab().closed()).toBe(true);
});

test('opened in one tab is open in all; locked by hand stays locked through a new start', () => {
  const browser = aBrowser();
  const [one, other] = [browser.tab(), browser.tab()];
  one.choose(60);
  one.close();
  other.look();
  expect([other.closed(), browser.tab().closed()]).toEqual([true, true]);
  other.open();
  one.look();
  expect(one.closed()).toBe(false);
});

test('the PIN at the gate after a login opens it; logging out takes it away', () => {
  const browser = aBrowser();
  const tab = browser.tab();
  tab.choose(1);
  tab.keepPasskey('AAAA');
  tab.close();
  const gate = browser.tab('enter-pin');
  gate.move('home');
  expect(gate.closed()).toBe(false);
  gate.move('signed-out');
  expect(browser.entries.size).toBe(0);
});

test('of another account it says nothing', () => {
  const browser = aBrowser();
  const other = '0d1f6a3c-5d0a-4c3b-9a57-6f1c2b9e8e21';
  browser.tab().choose(0);
  const tab = browser.tab('home', other);
  expect(tab.state.get()).toEqual({ isClosed: false, afterMinutes: null, passkeyId: null });
  tab.choose(5);
  tab.close();
  expect([...browser.entries.keys()]).toEqual([lockKey(accountId), lockKey(other)]);
});

test('a clock that was set back closes it', () => {
  const browser = aBrowser();
  const tab = browser.tab();
  tab.choose(60);
  browser.pass(-1);
  tab.look();
  expect(tab.closed()).toBe(true);
});

test('whatever stands in storage in its place, the lock is closed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const kept = readLock(text);
      expect(kept && isClosed(kept, 1_000_000)).toBe(true);
    }),
  );
  expect(readLock(null)).toBeNull();
});
