import { DomainError, type LimitsStateView, type WalletLimitsView } from '@hexkey/contract';
import { setLimits } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';
import { requireNoHold } from './hold.ts';
import { limitsOfRow, limitsStateView, readLimits, rowOfLimits } from './limits-of-wallet.ts';

/** @throws {DomainError} `WalletMissing` */
export async function getWalletLimits(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  { account }: Caller,
): Promise<LimitsStateView> {
  const wallet = await stores.wallets.get(account.id);
  if (wallet === null) throw new DomainError('WalletMissing', {});
  return limitsStateView(limitsOfRow(wallet), clock.now());
}

/**
 * What is lower holds at once, what is higher a day later, and the owner's other devices hear of it. What was pending before is dropped.
 * @throws {DomainError} `WalletMissing`, `DeviceOnHold`, `InvalidField`
 */
export async function setWalletLimits(
  deps: Pick<Deps, 'clock' | 'random' | 'transact' | 'teamKey'>,
  { session, account }: Caller,
  body: WalletLimitsView,
  address: string,
): Promise<LimitsStateView> {
  const limits = readLimits(body);
  const nowMs = deps.clock.now();
  requireNoHold(session, nowMs);
  return deps.transact(async (stores) => {
    const wallet = await stores.wallets.lock(account.id);
    if (wallet === null) throw new DomainError('WalletMissing', {});
    const next = setLimits(limitsOfRow(wallet), limits, nowMs);
    await stores.wallets.setLimits(account.id, rowOfLimits(next));
    await addLogEntry(deps, stores, session, { operation: 'setWalletLimits', outcome: 'success', address });
    if (next.pending !== null) {
      const parameters = { fromMs: next.pending.fromMs, device: noticedDevice(session, address) };
      await tellDevices(deps, stores, account.id, { kind: 'walletLimitsRaised', parameters }, session.id);
    }
    return limitsStateView(next, nowMs);
  });
}
