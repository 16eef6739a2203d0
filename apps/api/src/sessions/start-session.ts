import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Session } from './sessions.store.ts';

/** A login that never shows its PIN ends by itself. */
export const lockedSessionMs = 8 * 24 * 60 * 60_000;

export interface NewSession {
  readonly deviceKey: Uint8Array;
  readonly device: { readonly name: string; readonly platform: 'web' | 'cli' };
  /** The route that logged in. */
  readonly operation: string;
  readonly address: string;
}

/** Every login begins locked: it has shown the phone or the words, not the PIN. */
export async function startSession(
  deps: Pick<Deps, 'clock' | 'random'>,
  stores: Pick<Stores, 'sessions' | 'logs'>,
  account: Account,
  { deviceKey, device, operation, address }: NewSession,
): Promise<Session> {
  const nowMs = deps.clock.now();
  const session: Session = {
    id: newUuid(deps.random),
    account_id: account.id,
    device_key: deviceKey,
    device_name: device.name,
    platform: device.platform,
    state: 'locked',
    created_at_ms: nowMs,
    ends_at_ms: nowMs + lockedSessionMs,
  };
  await stores.sessions.add(session);
  await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
  return session;
}
