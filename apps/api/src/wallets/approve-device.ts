import { type AnswerOf, DomainError, type routes } from '@hexkey/contract';
import { deviceKeyThumbprint } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';
import { holdUntilMs, requireNoHold } from './hold.ts';

export async function listDevicesOnHold(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  { account }: Caller,
): Promise<AnswerOf<typeof routes.listDevicesOnHold>> {
  const nowMs = clock.now();
  const sessions = await stores.sessions.list(account.id, nowMs);
  const devices = sessions.flatMap((session) => {
    const untilMs = session.state === 'full' ? holdUntilMs(session, nowMs) : null;
    if (untilMs === null) return [];
    return [
      {
        sessionId: session.id,
        name: session.device_name,
        untilMs,
        deviceKeyThumbprint: deviceKeyThumbprint(session.device_key),
      },
    ];
  });
  return { devices };
}

/**
 * Ends the hold of another device. The nodes have their own, which the client ends with an order of the owner's. Repeated it changes nothing.
 * @throws {DomainError} `DeviceOnHold` (the calling one), `ThisDevice`, `NotFound` (device)
 */
export async function approveDevice(
  deps: Pick<Deps, 'clock' | 'random' | 'transact' | 'teamKey'>,
  { session, account }: Caller,
  sessionId: string,
  address: string,
): Promise<void> {
  if (sessionId === session.id) throw new DomainError('ThisDevice', {});
  const nowMs = deps.clock.now();
  requireNoHold(session, nowMs);
  await deps.transact(async (stores) => {
    const approved = await stores.sessions.get(sessionId);
    if (approved === null || approved.account_id !== account.id || approved.state !== 'full')
      throw new DomainError('NotFound', { what: 'device' });
    if (holdUntilMs(approved, nowMs) === null) return;
    await stores.sessions.endHold(sessionId);
    await addLogEntry(deps, stores, session, { operation: 'approveDevice', outcome: 'success', address });
    const parameters = { approved: approved.device_name, device: noticedDevice(session, address) };
    await tellDevices(deps, stores, account.id, { kind: 'deviceApproved', parameters }, session.id);
  });
}
