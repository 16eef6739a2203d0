import type { Place } from '@hexkey/sdk';
import { type RoutePath, routeOf } from '../route-table.ts';

/** What decides which page may be shown. */
export interface Standing {
  readonly at: Place['at'];
  readonly offersWords: boolean;
  readonly hasVerification: boolean;
  /** A PIN change was begun here and not seen to end. */
  readonly changeInterrupted: boolean;
  /** The owner wants to end it later, or is at it. */
  readonly changePostponed: boolean;
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
  const wanted = standing.wanted === null ? null : routeOf(standing.wanted);
  return wanted && isHomePage(standing.wanted) ? (standing.wanted as RoutePath) : '/chats';
}

/** Whether the page at `path` may be shown now. */
export function mayShow(path: string, standing: Standing): boolean {
  const route = routeOf(path);
  if (!route) return path !== '/';
  if (route.needs === 'offered-words' && !standing.offersWords) return false;
  if (route.needs === 'verification' && !standing.hasVerification) return false;
  if (route.needs === 'interrupted-change' && !standing.changeInterrupted) return false;
  if (mustSettle(standing) && path !== '/pin/finish-change') return false;
  return route.places.includes(standing.at);
}

/** Two PINs may work: that comes before the pages of the account. */
function mustSettle({ at, offersWords, changeInterrupted, changePostponed }: Standing): boolean {
  return at === 'home' && !offersWords && changeInterrupted && !changePostponed;
}

/** Pages worth coming back to after a login: those of the open account, and nothing that lives in memory. */
export function isHomePage(path: string | null): boolean {
  const route = path === null ? null : routeOf(path);
  return route !== null && !route.transient && route.layout !== 'bare' && route.places.includes('home');
}
