import type { Store } from '../app/store.ts';
import { invitedBy } from './invite-link.ts';

/**
 * An invite that was opened: kept until it is answered, through a registration too. The address is left as if it had never been
 * there, so that no page after it belongs to somebody else's number.
 */
export function takeInvite(invite: Store<string | null>): void {
  const hexkeyId = invitedBy(location.pathname);
  if (hexkeyId === null) return;
  invite.set(hexkeyId);
  history.replaceState(null, '', `/${location.search}`);
}
