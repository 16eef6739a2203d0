import { DomainError } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from './authenticate-request.ts';

type EndDeps = Pick<Deps, 'clock' | 'random' | 'transact'>;

/** Ends another session of the account. @throws {DomainError} `ThisDevice`, `NotFound` (device) */
export async function endDevice(
  deps: EndDeps,
  { session, account }: Caller,
  sessionId: string,
  address: string,
): Promise<void> {
  if (sessionId === session.id) throw new DomainError('ThisDevice', {});
  await deps.transact(async (stores) => {
    const isEnded = await stores.sessions.dropOf(account.id, sessionId);
    if (!isEnded) throw new DomainError('NotFound', { what: 'device' });
    await addLogEntry(deps, stores, session, { operation: 'endDevice', outcome: 'success', address });
  });
}

/** Ends every session of the account but this one. */
export async function endOtherDevices(
  deps: EndDeps,
  { session, account }: Caller,
  address: string,
): Promise<void> {
  await deps.transact(async (stores) => {
    await stores.sessions.dropOthers(account.id, session.id);
    await addLogEntry(deps, stores, session, { operation: 'endOtherDevices', outcome: 'success', address });
  });
}
