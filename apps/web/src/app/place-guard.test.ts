import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routeOf, routePaths } from '../route-table.ts';
import { entryOf, isHomePage, mayShow, type Standing } from './place-guard.ts';

const standing = fc.record({
  at: fc.constantFrom('signed-out' as const, 'set-pin' as const, 'enter-pin' as const, 'home' as const),
  offersWords: fc.boolean(),
  hasVerification: fc.boolean(),
  changeInterrupted: fc.boolean(),
  changePostponed: fc.boolean(),
  wanted: fc.option(fc.oneof(fc.constantFrom(...routePaths), fc.webPath(), fc.webUrl()), { nil: null }),
});

const nothingSpecial = {
  offersWords: false,
  hasVerification: false,
  changeInterrupted: false,
  changePostponed: false,
} as const;

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
    ...nothingSpecial,
    wanted: link,
  });
  expect(entryOf(after('signed-out'))).toBe('/welcome');
  expect(entryOf(after('enter-pin'))).toBe('/unlock');
  expect(entryOf(after('home'))).toBe(link);
});

test.each(['signed-out', 'set-pin', 'enter-pin'] as const)('no page of the account is shown at %s', (at) => {
  const shown = routePaths.filter((path) =>
    mayShow(path, { ...nothingSpecial, at, offersWords: true, hasVerification: true, wanted: null }),
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter(isHomePage)).toEqual([]);
});

test('offered words come before everything else at home, and only while they are at hand', () => {
  const home: Standing = { ...nothingSpecial, at: 'home', offersWords: true, wanted: '/wallet' };
  expect(entryOf(home)).toBe('/welcome/words');
  expect(mayShow('/welcome/words', { ...home, offersWords: false })).toBe(false);
});

test('who logs out does not come back to the log-out page', () => {
  const back: Standing = {
    ...nothingSpecial,
    at: 'home',
    wanted: '/settings/account/log-out',
  };
  expect(entryOf(back)).toBe('/chats');
});

test('an interrupted PIN change comes before the account, until it is ended or put off', () => {
  const home: Standing = { ...nothingSpecial, at: 'home', changeInterrupted: true, wanted: '/wallet' };
  expect(entryOf(home)).toBe('/pin/finish-change');
  expect(routePaths.filter((path) => mayShow(path, home))).toEqual(['/pin/finish-change']);
  expect(entryOf({ ...home, changePostponed: true })).toBe('/wallet');
  expect(mayShow('/pin/finish-change', { ...home, changePostponed: true })).toBe(true);
  expect(mayShow('/pin/finish-change', { ...home, changeInterrupted: false })).toBe(false);
});
