import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routeOf, routePaths } from '../route-table.ts';
import { entryOf, isHomePage, mayShow, type Standing } from './place-guard.ts';

const standing = fc.record({
  at: fc.constantFrom('signed-out' as const, 'set-pin' as const, 'enter-pin' as const, 'home' as const),
  offersWords: fc.boolean(),
  hasVerification: fc.boolean(),
  wanted: fc.option(fc.oneof(fc.constantFrom(...routePaths), fc.webPath(), fc.webUrl()), { nil: null }),
});

test('wherever somebody is led may be shown to them, so no redirect loops', () => {
  fc.assert(fc.property(standing, (one) => mayShow(entryOf(one), one)));
});

test('a wanted address leads only to a page of the table, never elsewhere', () => {
  fc.assert(fc.property(standing, (one) => routeOf(entryOf(one)) !== null));
});

test('a deep link survives the login and the PIN gate', () => {
  const link = '/settings/account/security/logs';
  const after = (at: Standing['at']): Standing => ({
    at,
    offersWords: false,
    hasVerification: false,
    wanted: link,
  });
  expect(entryOf(after('signed-out'))).toBe('/welcome');
  expect(entryOf(after('enter-pin'))).toBe('/unlock');
  expect(entryOf(after('home'))).toBe(link);
});

test.each(['signed-out', 'set-pin', 'enter-pin'] as const)('no page of the account is shown at %s', (at) => {
  const shown = routePaths.filter((path) =>
    mayShow(path, { at, offersWords: true, hasVerification: true, wanted: null }),
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter(isHomePage)).toEqual([]);
});

test('offered words come before everything else at home, and only while they are at hand', () => {
  const home: Standing = { at: 'home', offersWords: true, hasVerification: false, wanted: '/wallet' };
  expect(entryOf(home)).toBe('/welcome/words');
  expect(mayShow('/welcome/words', { ...home, offersWords: false })).toBe(false);
});

test('who logs out does not come back to the log-out page', () => {
  const back: Standing = {
    at: 'home',
    offersWords: false,
    hasVerification: false,
    wanted: '/settings/account/log-out',
  };
  expect(entryOf(back)).toBe('/chats');
});
