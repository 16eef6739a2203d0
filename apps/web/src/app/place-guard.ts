import type { Place } from '@hexkey/sdk';
import { type RoutePath, routeOf } from '../route-table.ts';
import type { WalletAccess } from '../wallet/wallet-access.ts';

/** What decides which page may be shown. */
export interface Standing {
  readonly at: Place['at'];
  readonly offersWords: boolean;
  readonly hasVerification: boolean;
  /** A login through the recovery contact was offered; the contact was sent a code. */
  readonly hasContactLogin: boolean;
  readonly hasContactCode: boolean;
  /** A login was refused until the old PIN is shown. */
  readonly hasLegacyLogin: boolean;
  readonly asksAboutPhone: boolean;
  readonly isInvited: boolean;
  readonly isInvitedToGroup: boolean;
  /** A PIN change was begun here and not seen to end. */
  readonly changeInterrupted: boolean;
  /** The owner wants to end it later, or is at it. */
  readonly changePostponed: boolean;
  readonly walletAccess: WalletAccess;
  /** The page that was asked for before a login was in the way; null when there was none. */
  readonly wanted: string | null;
}

/** Where each place begins. */
export function entryOf(standing: Standing): RoutePath {
  if (standing.at === 'signed-out') return '/welcome';
  if (standing.at === 'set-pin') return '/pin/set';
  if (standing.at === 'enter-pin') return '/unlock';
  if (standing.offersWords) return '/welcome/words';
  if (mustSettle(standing)) return '/pin/finish-change';
  if (standing.asksAboutPhone) return '/welcome/phone';
  if (standing.isInvited) return '/invite';
  if (standing.isInvitedToGroup) return '/group-invite';
  if (!isHomePage(standing.wanted)) return '/chats';
  // A page of the table, or an address that one of its patterns stands for.
  const wanted = standing.wanted as RoutePath;
  return waitsForCheck(wanted, standing) ? '/wallet/check' : wanted;
}

/** Where somebody is led who asks for a page that may not be shown; it is the page they come back to, if it is one for that. */
export function detourOf(path: string, standing: Standing): RoutePath {
  // A check that is passed, or was not due, opens the wallet.
  const asked = routeOf(path)?.needs === 'due-check' ? (standing.wanted ?? '/wallet') : path;
  return entryOf({ ...standing, wanted: isHomePage(asked) ? asked : standing.wanted });
}

/** Whether the page at `path` may be shown now. */
export function mayShow(path: string, standing: Standing): boolean {
  const route = routeOf(path);
  if (!route) return path !== '/';
  if (route.needs === 'offered-words' && !standing.offersWords) return false;
  if (route.needs === 'verification' && !standing.hasVerification) return false;
  if (route.needs === 'contact-login' && !standing.hasContactLogin) return false;
  if (route.needs === 'contact-code' && !standing.hasContactCode) return false;
  if (route.needs === 'legacy-login' && !standing.hasLegacyLogin) return false;
  if (route.needs === 'phone-question' && !standing.asksAboutPhone) return false;
  if (route.needs === 'invite' && !standing.isInvited) return false;
  if (route.needs === 'group-invite' && !standing.isInvitedToGroup) return false;
  if (route.needs === 'interrupted-change' && !standing.changeInterrupted) return false;
  if (route.needs === 'due-check' && standing.walletAccess === 'open') return false;
  if (waitsForCheck(path, standing)) return false;
  if (mustSettle(standing) && path !== '/pin/finish-change' && route.layout !== 'help') return false;
  return route.places.includes(standing.at);
}

/** Two PINs may work: that comes before the pages of the account. */
function mustSettle({ at, offersWords, changeInterrupted, changePostponed }: Standing): boolean {
  return at === 'home' && !offersWords && changeInterrupted && !changePostponed;
}

/** A page of the wallet, while the PIN comes first. */
function waitsForCheck(path: string, { walletAccess }: Standing): boolean {
  return routeOf(path)?.needs === 'open-wallet' && walletAccess === 'check-due';
}

/** Pages worth coming back to after a login: those of the open account, and nothing that lives in memory. */
export function isHomePage(path: string | null): boolean {
  const route = path === null ? null : routeOf(path);
  if (route === null || route.transient || !route.places.includes('home')) return false;
  return route.layout !== 'bare' && route.layout !== 'help';
}
