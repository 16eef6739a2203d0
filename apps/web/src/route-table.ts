import type { Place } from '@hexkey/sdk';
import type { PlainKey } from './i18n/catalogue.ts';

export interface RouteEntry {
  readonly titleKey: PlainKey;
  /** Who may see the page, by where they stand; everybody else is led to where they belong, and back afterwards. */
  readonly places: readonly Place['at'][];
  /** `bare`: one decision, no tabs. `tab`: beside the tabs. `settings`: beside the tabs and the list of settings. */
  readonly layout: 'bare' | 'tab' | 'settings';
  /** Where Back leads. */
  readonly parent?: string;
  /** What a page cannot be shown without; it lives in memory only, so a reload leads elsewhere. */
  readonly needs?: 'offered-words' | 'verification' | 'interrupted-change';
  /** Not a page to come back to after a login. */
  readonly transient?: true;
}

const everywhere = ['signed-out', 'set-pin', 'enter-pin', 'home'] as const;

/**
 * Every page of the client. Tests walk through this table, so that no page escapes them, and `routes.tsx` does not
 * compile unless each has a screen.
 */
export const routeTable = {
  '/welcome': { titleKey: 'landing.title', places: ['signed-out'], layout: 'bare' },
  '/register': { titleKey: 'register.title', places: ['signed-out'], layout: 'bare', parent: '/welcome' },
  '/register/words': {
    titleKey: 'register-words.title',
    places: ['signed-out'],
    layout: 'bare',
    parent: '/register',
  },
  '/register/phone': { titleKey: 'phone.title', places: ['signed-out'], layout: 'bare', parent: '/register' },
  '/register/phone/code': {
    titleKey: 'code.title',
    places: ['signed-out'],
    layout: 'bare',
    parent: '/register/phone',
    needs: 'verification',
  },
  '/login': { titleKey: 'login.title', places: ['signed-out'], layout: 'bare', parent: '/welcome' },
  '/login/words': { titleKey: 'login-words.title', places: ['signed-out'], layout: 'bare', parent: '/login' },
  '/login/phone': { titleKey: 'phone.title', places: ['signed-out'], layout: 'bare', parent: '/login' },
  '/login/phone/code': {
    titleKey: 'code.title',
    places: ['signed-out'],
    layout: 'bare',
    parent: '/login/phone',
    needs: 'verification',
  },
  '/pin/set': { titleKey: 'set-pin.title', places: ['set-pin'], layout: 'bare' },
  '/welcome/words': {
    titleKey: 'words.offer-title',
    places: ['home'],
    layout: 'bare',
    needs: 'offered-words',
  },
  '/welcome/name': { titleKey: 'name.title', places: ['home'], layout: 'bare' },
  '/unlock': { titleKey: 'unlock.title', places: ['enter-pin'], layout: 'bare' },
  '/unlock/logs': { titleKey: 'logs.title', places: ['enter-pin'], layout: 'bare', parent: '/unlock' },
  '/unlock/forgot-pin': {
    titleKey: 'forgot.title',
    places: ['enter-pin'],
    layout: 'bare',
    parent: '/unlock',
  },
  '/pin/finish-change': {
    titleKey: 'change-pin.finish-title',
    places: ['home'],
    layout: 'bare',
    needs: 'interrupted-change',
    transient: true,
  },
  '/chats': { titleKey: 'tab.chats', places: ['home'], layout: 'tab' },
  '/wallet': { titleKey: 'tab.wallet', places: ['home'], layout: 'tab' },
  '/more': { titleKey: 'more.title', places: ['home'], layout: 'tab' },
  '/more/name': { titleKey: 'name.title', places: ['home'], layout: 'tab', parent: '/more' },
  '/settings': { titleKey: 'settings.title', places: ['home'], layout: 'settings', parent: '/more' },
  '/settings/account': {
    titleKey: 'settings.account',
    places: ['home'],
    layout: 'settings',
    parent: '/settings',
  },
  '/settings/account/security': {
    titleKey: 'settings.security',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account',
  },
  '/settings/account/security/pin': {
    titleKey: 'settings.pin',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security',
  },
  '/settings/account/security/pin/change': {
    titleKey: 'change-pin.title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/pin',
    transient: true,
  },
  '/settings/account/security/forgot-pin': {
    titleKey: 'forgot.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security/pin',
  },
  '/settings/account/security/words': {
    titleKey: 'words.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security',
  },
  '/settings/account/security/logs': {
    titleKey: 'settings.logs',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security',
  },
  '/settings/account/log-out': {
    titleKey: 'log-out.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account',
    transient: true,
  },
  '/settings/appearance': {
    titleKey: 'settings.appearance',
    places: ['home'],
    layout: 'settings',
    parent: '/settings',
  },
  '/settings/language': {
    titleKey: 'settings.language',
    places: ['home'],
    layout: 'settings',
    parent: '/settings',
  },
  '/settings/about': {
    titleKey: 'settings.about',
    places: ['home'],
    layout: 'settings',
    parent: '/settings',
  },
  '/not-found': { titleKey: 'not-found.title', places: everywhere, layout: 'bare' },
} as const satisfies Readonly<Record<`/${string}`, RouteEntry>>;

export type RoutePath = keyof typeof routeTable;
export const routePaths = Object.keys(routeTable) as readonly RoutePath[];

/** The entry of a path, or null for a path that no page has. */
export function routeOf(path: string): RouteEntry | null {
  return Object.hasOwn(routeTable, path) ? routeTable[path as RoutePath] : null;
}

/** Pages that take the place of all others until what is wrong is put right. */
export const takeoverKinds = ['insecure-origin', 'clock-skew', 'update-required', 'cannot-start'] as const;
export type TakeoverKind = (typeof takeoverKinds)[number];
