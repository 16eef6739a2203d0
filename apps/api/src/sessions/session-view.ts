import type { SessionView } from '@hexkey/contract';
import type { Account } from '../accounts/accounts.store.ts';
import type { Session } from './sessions.store.ts';

/** What its own device may know of a session. */
export function sessionViewOf(session: Session, account: Account): SessionView {
  return {
    sessionId: session.id,
    accountId: account.id,
    state: session.state,
    pinState: account.pin_state,
    hasSealedEntropy: account.sealed_entropy !== null,
    registeredWith: account.registered_with,
    endsAtMs: session.ends_at_ms,
  };
}
