import type { BodyOf, routes } from '@hexkey/contract';
import { exportDelayMs } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';
import { requireNoHold } from './hold.ts';

/** Tells the owner's other devices, which can cancel it at the nodes. @throws {DomainError} `DeviceOnHold` */
export async function announceExport(
  deps: Pick<Deps, 'clock' | 'random' | 'transact' | 'teamKey'>,
  { session, account }: Caller,
  { step }: BodyOf<typeof routes.announceWalletExport>,
  address: string,
): Promise<void> {
  const nowMs = deps.clock.now();
  requireNoHold(session, nowMs);
  const device = noticedDevice(session, address);
  const notice =
    step === 'begun'
      ? ({ kind: 'walletExportBegun', parameters: { fromMs: nowMs + exportDelayMs, device } } as const)
      : ({ kind: 'walletExportTaken', parameters: { device } } as const);
  await deps.transact(async (stores) => {
    await addLogEntry(deps, stores, session, {
      operation: 'announceWalletExport',
      outcome: 'success',
      address,
    });
    await tellDevices(deps, stores, account.id, notice, session.id);
  });
}
