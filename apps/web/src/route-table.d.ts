import type { Place } from '@hexkey/sdk';
import type { PlainKey } from './i18n/translate.ts';
export interface RouteEntry {
  readonly titleKey: PlainKey;
  /** Who may see the page, by where they stand; everybody else is led to where they belong, and back afterwards. */
  readonly places: readonly Place['at'][];
  /** `bare`: one decision, no tabs. `tab`: beside the tabs. `settings`: beside the tabs and the list of settings. */
  readonly layout: 'bare' | 'tab' | 'settings';
  /** Where Back leads. */
  readonly parent?: string;
  /** What a page cannot be shown without; it lives in memory only, so a reload leads elsewhere. */
  readonly needs?: 'offered-words' | 'verification';
}
/**
 * Every page of the client. Tests walk through this table, so that no page escapes them, and `routes.tsx` does not
 * compile unless each has a screen.
 */
export declare const routeTable: {
  readonly '/welcome': {
    readonly titleKey: 'landing.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
  };
  readonly '/register': {
    readonly titleKey: 'register.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
    readonly parent: '/welcome';
  };
  readonly '/register/words': {
    readonly titleKey: 'register-words.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
    readonly parent: '/register';
  };
  readonly '/register/phone': {
    readonly titleKey: 'phone.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
    readonly parent: '/register';
  };
  readonly '/register/phone/code': {
    readonly titleKey: 'code.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
    readonly parent: '/register/phone';
    readonly needs: 'verification';
  };
  readonly '/login': {
    readonly titleKey: 'login.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
    readonly parent: '/welcome';
  };
  readonly '/login/words': {
    readonly titleKey: 'login-words.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
    readonly parent: '/login';
  };
  readonly '/login/phone': {
    readonly titleKey: 'phone.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
    readonly parent: '/login';
  };
  readonly '/login/phone/code': {
    readonly titleKey: 'code.title';
    readonly places: readonly ['signed-out'];
    readonly layout: 'bare';
    readonly parent: '/login/phone';
    readonly needs: 'verification';
  };
  readonly '/pin/set': {
    readonly titleKey: 'set-pin.title';
    readonly places: readonly ['set-pin'];
    readonly layout: 'bare';
  };
  readonly '/welcome/words': {
    readonly titleKey: 'words.offer-title';
    readonly places: readonly ['home'];
    readonly layout: 'bare';
    readonly needs: 'offered-words';
  };
  readonly '/welcome/name': {
    readonly titleKey: 'name.title';
    readonly places: readonly ['home'];
    readonly layout: 'bare';
  };
  readonly '/unlock': {
    readonly titleKey: 'unlock.title';
    readonly places: readonly ['enter-pin'];
    readonly layout: 'bare';
  };
  readonly '/unlock/logs': {
    readonly titleKey: 'logs.title';
    readonly places: readonly ['enter-pin'];
    readonly layout: 'bare';
    readonly parent: '/unlock';
  };
  readonly '/unlock/forgot-pin': {
    readonly titleKey: 'forgot.title';
    readonly places: readonly ['enter-pin'];
    readonly layout: 'bare';
    readonly parent: '/unlock';
  };
  readonly '/chats': {
    readonly titleKey: 'tab.chats';
    readonly places: readonly ['home'];
    readonly layout: 'tab';
  };
  readonly '/wallet': {
    readonly titleKey: 'tab.wallet';
    readonly places: readonly ['home'];
    readonly layout: 'tab';
  };
  readonly '/more': {
    readonly titleKey: 'more.title';
    readonly places: readonly ['home'];
    readonly layout: 'tab';
  };
  readonly '/more/name': {
    readonly titleKey: 'name.title';
    readonly places: readonly ['home'];
    readonly layout: 'tab';
    readonly parent: '/more';
  };
  readonly '/settings': {
    readonly titleKey: 'settings.title';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/more';
  };
  readonly '/settings/account': {
    readonly titleKey: 'settings.account';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings';
  };
  readonly '/settings/account/security': {
    readonly titleKey: 'settings.security';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings/account';
  };
  readonly '/settings/account/security/pin': {
    readonly titleKey: 'settings.pin';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings/account/security';
  };
  readonly '/settings/account/security/forgot-pin': {
    readonly titleKey: 'forgot.title';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings/account/security/pin';
  };
  readonly '/settings/account/security/words': {
    readonly titleKey: 'words.title';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings/account/security';
  };
  readonly '/settings/account/security/logs': {
    readonly titleKey: 'settings.logs';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings/account/security';
  };
  readonly '/settings/account/log-out': {
    readonly titleKey: 'log-out.title';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings/account';
  };
  readonly '/settings/appearance': {
    readonly titleKey: 'settings.appearance';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings';
  };
  readonly '/settings/language': {
    readonly titleKey: 'settings.language';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings';
  };
  readonly '/settings/about': {
    readonly titleKey: 'settings.about';
    readonly places: readonly ['home'];
    readonly layout: 'settings';
    readonly parent: '/settings';
  };
  readonly '/not-found': {
    readonly titleKey: 'not-found.title';
    readonly places: readonly ['signed-out', 'set-pin', 'enter-pin', 'home'];
    readonly layout: 'bare';
  };
};
export type RoutePath = keyof typeof routeTable;
export declare const routePaths: readonly RoutePath[];
/** The entry of a path, or null for a path that no page has. */
export declare function routeOf(path: string): RouteEntry | null;
/** Pages that take the place of all others until what is wrong is put right. */
export declare const takeoverKinds: readonly [
  'insecure-origin',
  'clock-skew',
  'update-required',
  'cannot-start',
];
export type TakeoverKind = (typeof takeoverKinds)[number];
