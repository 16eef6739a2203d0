import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routeOf, routePaths, routeTable } from '../route-table.ts';
import { detourOf, entryOf, isHomePage, mayShow, type Standing } from './place-guard.ts';

const standing = fc.record({
  at: fc.constantFrom('signed-out' as const, 'set-pin' as const, 'enter-pin' as const, 'home' as const),
  offersWords: fc.boolean(),
  hasVerification: fc.boolean(),
  hasContactLogin: fc.boolean(),
  hasContactCode: fc.boolean(),
  hasLegacyLogin: fc.boolean(),
  asksAboutPhone: fc.boolean(),
  isInvited: fc.boolean(),
  isInvitedToGroup: fc.boolean(),
  changeInterrupted: fc.boolean(),
  changePostponed: fc.boolean(),
  walletAccess: fc.constantFrom('unknown' as const, 'open' as const, 'check-due' as const),
  wanted: fc.option(fc.oneof(fc.constantFrom(...routePaths), fc.webPath(), fc.webUrl()), { nil: null }),
});

const nothingSpecial = {
  offersWords: false,
  hasVerification: false,
  hasContactLogin: false,
  hasContactCode: false,
  hasLegacyLogin: false,
  asksAboutPhone: false,
  isInvited: false,
  isInvitedToGroup: false,
  changeInterrupted: false,
  changePostponed: false,
  walletAccess: 'unknown',
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
  // Help and support open nothing of the account.
  const shown = routePaths.filter((path) => mayShow(path, home) && !/^\/(help|support)/.test(path));
  expect(shown).toEqual(['/pin/finish-change']);
  expect(entryOf({ ...home, changePostponed: true })).toBe('/wallet');
  expect(mayShow('/pin/finish-change', { ...home, changePostponed: true })).toBe(true);
  expect(mayShow('/pin/finish-change', { ...home, changeInterrupted: false })).toBe(false);
});

test('whatever page was asked for, its detour may be shown', () => {
  const path = fc.oneof(fc.constantFrom(...routePaths), fc.webPath());
  fc.assert(fc.property(standing, path, (one, asked) => mayShow(detourOf(asked, one), one)));
});

test('while a check is due the wallet is its check and nothing else changes', () => {
  const home: Standing = { ...nothingSpecial, at: 'home', wanted: null };
  const due: Standing = { ...home, walletAccess: 'check-due' };
  const hidden = routePaths.filter((path) => mayShow(path, home) && !mayShow(path, due));
  const ofWallet = routePaths.filter((path) => path.startsWith('/wallet') && path !== '/wallet/check');
  expect(ofWallet).toContain('/wallet/send');
  expect(hidden).toEqual(ofWallet);
  expect(detourOf('/wallet', due)).toBe('/wallet/check');
  expect(entryOf({ ...due, wanted: '/wallet' })).toBe('/wallet/check');
  expect(entryOf(due)).toBe('/chats');
});

test('a check that is passed leads on to the wallet, also without a page to come back to', () => {
  const open: Standing = { ...nothingSpecial, at: 'home', walletAccess: 'open', wanted: null };
  expect(mayShow('/wallet/check', open)).toBe(false);
  expect(detourOf('/wallet/check', open)).toBe('/wallet');
  expect(detourOf('/wallet/check', { ...open, wanted: '/wallet' })).toBe('/wallet');
});

test('the number is asked about, and an invite offered, once the PIN has opened the account; then comes what was wanted', () => {
  const home: Standing = {
    ...nothingSpecial,
    at: 'home',
    asksAboutPhone: true,
    isInvited: true,
    isInvitedToGroup: true,
    wanted: '/wallet',
  };
  expect(entryOf({ ...home, at: 'enter-pin' })).toBe('/unlock');
  expect(entryOf(home)).toBe('/welcome/phone');
  expect(entryOf({ ...home, asksAboutPhone: false })).toBe('/invite');
  const answered: Standing = { ...home, asksAboutPhone: false, isInvited: false };
  expect(entryOf(answered)).toBe('/group-invite');
  expect(entryOf({ ...answered, isInvitedToGroup: false })).toBe('/wallet');
});

test('the contact’s Hexkey ID is asked for only after the contact was offered, and the code only after it was sent', () => {
  const out: Standing = { ...nothingSpecial, at: 'signed-out', hasVerification: true, wanted: null };
  expect(mayShow('/login/help', out)).toBe(true);
  expect(mayShow('/login/contact', out)).toBe(false);
  expect(mayShow('/login/contact/code', { ...out, hasContactLogin: true })).toBe(false);
  expect(mayShow('/login/help', { ...out, hasVerification: false })).toBe(false);
});

test('the old PIN is asked for only after a login was refused for the want of it', () => {
  const out: Standing = { ...nothingSpecial, at: 'signed-out', wanted: null };
  expect(mayShow('/upgrade-pin', out)).toBe(true);
  expect(mayShow('/upgrade-pin/old-pin', out)).toBe(false);
  expect(mayShow('/upgrade-pin/old-pin', { ...out, hasLegacyLogin: true })).toBe(true);
});

test('a page with a part that differs is wanted, shown and come back to at its own address; a longer one is no page', () => {
  const open: Standing = { ...nothingSpecial, at: 'home', wanted: '/chats/3f1c' };
  expect(routeOf('/chats/3f1c')).toBe(routeTable['/chats/$chatId']);
  expect(entryOf(open)).toBe('/chats/3f1c');
  expect(mayShow('/chats/3f1c', open)).toBe(true);
  expect(mayShow('/chats/3f1c', { ...open, at: 'enter-pin' })).toBe(false);
  expect(routeOf('/chats/3f1c/x/y')).toBe(null);
  expect(routeOf('/chats/')).toBe(null);
});
