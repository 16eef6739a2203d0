import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import type { Session } from '../sessions/sessions.store.ts';
import type { LogRow } from './logs.store.ts';

/** Writes one line of the account's log. @param event.operation name of the route */
export async function addLogEntry(
  { clock, random }: Pick<Deps, 'clock' | 'random'>,
  stores: Pick<Stores, 'logs'>,
  session: Pick<Session, 'id' | 'account_id' | 'device_name'>,
  event: { readonly operation: string; readonly outcome: LogRow['outcome']; readonly address: string },
): Promise<void> {
  await stores.logs.add({
    id: newUuid(random),
    account_id: session.account_id,
    session_id: session.id,
    operation: event.operation,
    outcome: event.outcome,
    at_ms: clock.now(),
    device: session.device_name,
    place: event.address,
  });
}
