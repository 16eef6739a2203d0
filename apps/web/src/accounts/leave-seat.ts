import type { Store } from '../app/store.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Seats } from './seats.ts';

/** Nobody is logged in at this seat any more, however the login ended: what one account wanted to be told says nothing for the next. */
export function leaveSeat(seats: Pick<Seats, 'clear'>, preferences: Store<Preferences>): void {
  seats.clear();
  const { notifications, previews, ...ofTheBrowser } = preferences.get();
  if (notifications || previews) preferences.set({ ...ofTheBrowser, notifications: false, previews: false });
}
