import type { BodyOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';

/**
 * Writes a PIN change into the log and dates the PIN anew. Told before the first node commits, so that no change takes effect without
 * an entry; an interrupted one, told again when it is finished, has two. A repair puts the same PIN where it was missed: it leaves the date.
 */
export function changePin(
  deps: Pick<Deps, 'clock' | 'random' | 'transact' | 'teamKey'>,
  { session, account }: Caller,
  { kind }: BodyOf<typeof routes.changePin>,
  address: string,
): Promise<void> {
  return deps.transact(async (stores) => {
    if (kind === 'change') {
      await stores.accounts.redatePin(account.id, deps.clock.now());
      await stores.payKeys.dropAll(account.id);
    }
    const operation = kind === 'change' ? 'changePin' : 'repairPin';
    await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
    if (kind === 'repair') return;
    const notice = { kind: 'pinChanged', parameters: { device: noticedDevice(session, address) } } as const;
    await tellDevices(deps, stores, account.id, notice, session.id);
  });
}
