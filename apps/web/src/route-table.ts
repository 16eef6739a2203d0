import type { Place } from '@hexkey/sdk';
import type { PlainKey } from './i18n/catalogue.ts';

export interface RouteEntry {
  readonly titleKey: PlainKey;
  /** Who may see the page, by where they stand; everybody else is led to where they belong, and back afterwards. */
  readonly places: readonly Place['at'][];
  /**
   * `bare`: one decision, no tabs. `tab`: beside the tabs. `chats`, `settings`, `wallet`: beside the tabs and the list of chats or of
   * settings, or the wallet. `help`: beside the tabs where there are any.
   */
  readonly layout: 'bare' | 'tab' | 'chats' | 'settings' | 'wallet' | 'help';
  /** Fills the window and scrolls inside itself; phones show no tabs below it. */
  readonly fills?: true;
  /** Where Back leads. */
  readonly parent?: string;
  /** What a page cannot be shown without. It lives in memory, so a reload may lead elsewhere. */
  readonly needs?:
    | 'offered-words'
    | 'verification'
    | 'interrupted-change'
    | 'open-wallet'
    | 'due-check'
    | 'contact-login'
    | 'contact-code'
    | 'phone-question'
    | 'legacy-login'
    | 'invite'
    | 'group-invite';
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
  '/login/help': {
    titleKey: 'login-help.title',
    places: ['signed-out'],
    layout: 'bare',
    parent: '/login/phone/code',
    needs: 'verification',
  },
  '/login/contact': {
    titleKey: 'login-contact.title',
    places: ['signed-out'],
    layout: 'bare',
    parent: '/login/help',
    needs: 'contact-login',
  },
  '/login/contact/code': {
    titleKey: 'login-contact.code-title',
    places: ['signed-out'],
    layout: 'bare',
    parent: '/login/contact',
    needs: 'contact-code',
  },
  '/login/link': {
    titleKey: 'link-this.title',
    places: ['signed-out'],
    layout: 'bare',
    parent: '/login',
  },
  '/link': { titleKey: 'link-code.title', places: everywhere, layout: 'bare', transient: true },
  '/upgrade-pin': { titleKey: 'upgrade.title', places: ['signed-out'], layout: 'bare', parent: '/login' },
  '/upgrade-pin/old-pin': {
    titleKey: 'upgrade.old-title',
    places: ['signed-out'],
    layout: 'bare',
    parent: '/upgrade-pin',
    needs: 'legacy-login',
  },
  '/accounts': { titleKey: 'accounts.title', places: everywhere, layout: 'bare', parent: '/more' },
  '/pin/set': { titleKey: 'set-pin.title', places: ['set-pin'], layout: 'bare' },
  '/welcome/words': {
    titleKey: 'words.offer-title',
    places: ['home'],
    layout: 'bare',
    needs: 'offered-words',
  },
  '/welcome/name': { titleKey: 'name.title', places: ['home'], layout: 'bare' },
  '/welcome/phone': {
    titleKey: 'phone-question.title',
    places: ['home'],
    layout: 'bare',
    needs: 'phone-question',
    transient: true,
  },
  '/invite': {
    titleKey: 'invite.title',
    places: ['home'],
    layout: 'bare',
    needs: 'invite',
    transient: true,
  },
  '/group-invite': {
    titleKey: 'group-invite.title',
    places: ['home'],
    layout: 'bare',
    needs: 'group-invite',
    transient: true,
  },
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
  '/chats': { titleKey: 'tab.chats', places: ['home'], layout: 'chats' },
  '/chats/team-hexkey': { titleKey: 'team.name', places: ['home'], layout: 'chats', parent: '/chats' },
  '/chats/new': { titleKey: 'new-chat.title', places: ['home'], layout: 'chats', parent: '/chats' },
  '/chats/requests': { titleKey: 'requests.title', places: ['home'], layout: 'chats', parent: '/chats' },
  '/chats/new-group': {
    titleKey: 'new-group.title',
    places: ['home'],
    layout: 'chats',
    parent: '/chats/new',
  },
  '/chats/$chatId': {
    titleKey: 'chat.title',
    places: ['home'],
    layout: 'chats',
    fills: true,
    parent: '/chats',
  },
  '/chats/$chatId/details': {
    titleKey: 'chat-details.title',
    places: ['home'],
    layout: 'chats',
    parent: '/chats/$chatId',
  },
  '/chats/$chatId/add': {
    titleKey: 'add-members.title',
    places: ['home'],
    layout: 'chats',
    parent: '/chats/$chatId/details',
  },
  '/chats/$chatId/link': {
    titleKey: 'group-link.title',
    places: ['home'],
    layout: 'chats',
    parent: '/chats/$chatId/details',
  },
  '/chats/$chatId/safety': {
    titleKey: 'safety.title',
    places: ['home'],
    layout: 'chats',
    parent: '/chats/$chatId/details',
  },
  '/chats/contact-login': {
    titleKey: 'refuse.title',
    places: ['home'],
    layout: 'bare',
    parent: '/chats',
    transient: true,
  },
  '/contacts': { titleKey: 'contacts.title', places: ['home'], layout: 'tab', parent: '/chats' },
  '/contacts/add': { titleKey: 'add-contact.title', places: ['home'], layout: 'tab', parent: '/contacts' },
  '/contacts/add/phone': {
    titleKey: 'add-by-phone.title',
    places: ['home'],
    layout: 'tab',
    parent: '/contacts/add',
  },
  '/profile': { titleKey: 'profile.title', places: ['home'], layout: 'tab', parent: '/chats' },
  '/wallet': { titleKey: 'tab.wallet', places: ['home'], layout: 'wallet', needs: 'open-wallet' },
  '/wallet/receive': {
    titleKey: 'receive.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet',
    needs: 'open-wallet',
  },
  '/wallet/send': {
    titleKey: 'send.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet',
    needs: 'open-wallet',
    fills: true,
  },
  '/wallet/transfers': {
    titleKey: 'transfers.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet',
    needs: 'open-wallet',
  },
  '/wallet/transfers/$transferId': {
    titleKey: 'transfer.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet/transfers',
    needs: 'open-wallet',
  },
  '/wallet/tokens/$mint': {
    titleKey: 'token.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet',
    needs: 'open-wallet',
  },
  '/wallet/limits': {
    titleKey: 'limits.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet',
    needs: 'open-wallet',
  },
  '/wallet/devices-on-hold': {
    titleKey: 'devices-on-hold.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet',
    needs: 'open-wallet',
  },
  '/wallet/move-everything': {
    titleKey: 'sweep.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet',
    needs: 'open-wallet',
  },
  '/wallet/key': {
    titleKey: 'key.title',
    places: ['home'],
    layout: 'wallet',
    parent: '/wallet',
    needs: 'open-wallet',
  },
  '/wallet/check': {
    titleKey: 'wallet-check.title',
    places: ['home'],
    layout: 'bare',
    parent: '/chats',
    needs: 'due-check',
    transient: true,
  },
  '/more': { titleKey: 'more.title', places: ['home'], layout: 'tab' },
  '/more/name': { titleKey: 'name.title', places: ['home'], layout: 'tab', parent: '/more' },
  '/settings': { titleKey: 'settings.title', places: ['home'], layout: 'settings', parent: '/more' },
  '/settings/account': {
    titleKey: 'settings.account',
    places: ['home'],
    layout: 'settings',
    parent: '/settings',
  },
  '/settings/account/privacy': {
    titleKey: 'settings.privacy',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account',
  },
  '/settings/account/privacy/app-lock': {
    titleKey: 'app-lock.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/privacy',
  },
  '/settings/account/privacy/blocked': {
    titleKey: 'blocked.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/privacy',
  },
  '/settings/account/privacy/conversation': {
    titleKey: 'privacy.conversation',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/privacy',
  },
  '/settings/account/privacy/phone': {
    titleKey: 'privacy.phone',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/privacy',
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
  '/settings/account/security/pin/nodes': {
    titleKey: 'nodes.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security/pin',
  },
  '/settings/account/security/pin/nodes/move': {
    titleKey: 'move-pin.title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/pin/nodes',
    transient: true,
  },
  '/settings/account/security/forgot-pin': {
    titleKey: 'forgot.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security/pin',
  },
  '/settings/account/security/recovery-kit': {
    titleKey: 'kit.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security',
  },
  '/settings/account/security/recovery-kit/words': {
    titleKey: 'words.title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/recovery-kit',
  },
  '/settings/account/security/recovery-kit/rehearse-words': {
    titleKey: 'words.rehearse-title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/recovery-kit',
  },
  '/settings/account/security/recovery-kit/rehearse-phone': {
    titleKey: 'drill.phone-title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/recovery-kit',
    transient: true,
  },
  '/settings/account/security/recovery-kit/rehearse-contact': {
    titleKey: 'drill.contact-title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/recovery-kit',
    transient: true,
  },
  '/settings/account/security/recovery-kit/contact': {
    titleKey: 'contact.title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/recovery-kit',
  },
  '/settings/account/security/words': {
    titleKey: 'words.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security/recovery-kit',
  },
  '/settings/account/security/logs': {
    titleKey: 'settings.logs',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security',
  },
  '/settings/account/security/devices': {
    titleKey: 'devices.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security',
  },
  '/settings/account/security/devices/link': {
    titleKey: 'link-device.title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/devices',
  },
  '/settings/account/security/logs/pin': {
    titleKey: 'settings.logs',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account/security',
  },
  '/settings/account/phone': {
    titleKey: 'account.phone',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account',
  },
  '/settings/account/phone/verify': {
    titleKey: 'link-phone.verify-title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account/security/recovery-kit',
  },
  '/settings/account/export': {
    titleKey: 'export.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account',
  },
  '/settings/account/delete': {
    titleKey: 'delete.title',
    places: ['home'],
    layout: 'bare',
    parent: '/settings/account',
    transient: true,
  },
  '/settings/account/log-out': {
    titleKey: 'log-out.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/account',
    transient: true,
  },
  '/settings/privacy-security': {
    titleKey: 'privacy-security.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings',
  },
  '/settings/notifications': {
    titleKey: 'notifications.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings',
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
  '/settings/about/logs': {
    titleKey: 'device-log.title',
    places: ['home'],
    layout: 'settings',
    parent: '/settings/about',
  },
  '/support': { titleKey: 'support.title', places: everywhere, layout: 'help', parent: '/help' },
  '/support/logs': { titleKey: 'device-log.title', places: everywhere, layout: 'help', parent: '/support' },
  '/help': { titleKey: 'help.title', places: everywhere, layout: 'help' },
  '/help/$collectionId': { titleKey: 'help.title', places: everywhere, layout: 'help', parent: '/help' },
  '/help/$collectionId/$articleId': {
    titleKey: 'help.title',
    places: everywhere,
    layout: 'help',
    parent: '/help/$collectionId',
  },
  '/not-found': { titleKey: 'not-found.title', places: everywhere, layout: 'bare' },
} as const satisfies Readonly<Record<`/${string}`, RouteEntry>>;

export type RoutePath = keyof typeof routeTable;
export const routePaths = Object.keys(routeTable) as readonly RoutePath[];

/** Paths with a part that differs, such as a conversation's id. */
const patterns = routePaths
  .filter((path) => path.includes('$'))
  .map((path) => ({ path, form: new RegExp(`^${path.replace(/\$\w+/g, '[^/]+')}$`) }));

/** The page of the table that a path is, or null. */
export function pageOf(path: string): RoutePath | null {
  if (Object.hasOwn(routeTable, path)) return path as RoutePath;
  return patterns.find(({ form }) => form.test(path))?.path ?? null;
}

/** The entry of a path, or null for a path that no page has. */
export function routeOf(path: string): RouteEntry | null {
  const page = pageOf(path);
  return page === null ? null : routeTable[page];
}

/** Pages that take the place of all others until what is wrong is put right. */
export const takeoverKinds = ['insecure-origin', 'clock-skew', 'update-required', 'cannot-start'] as const;
export type TakeoverKind = (typeof takeoverKinds)[number];
