import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { upgradeRefusal } from '../legacy-accounts/needs-upgrade.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';
import type { Session } from './sessions.store.ts';

/** A login that never shows its PIN ends by itself. */
export const lockedSessionMs = 8 * 24 * 60 * 60_000;

export interface NewSession {
  readonly deviceKey: Uint8Array;
  readonly device: { readonly name: string; readonly platform: 'web' | 'cli' };
  /** The route that logged in. */
  readonly operation: string;
  readonly address: string;
  /** What was shown instead of the PIN. */
  readonly method: 'words' | 'phone' | 'contact' | 'link';
  /** Only the PIN upgrade lets an account in whose old PIN is not replaced yet. */
  readonly hasShownLegacyPin?: true;
}

/**
 * Every login begins locked: it has shown the phone or the words, not the PIN. The account's other devices are told, but for a rehearsal,
 * which their owner announced with the PIN (ADR 87).
 * @throws {DomainError} `PinUpgradeRequired`
 */
export async function startSession(
  deps: Pick<Deps, 'clock' | 'random' | 'teamKey'>,
  stores: Pick<Stores, 'sessions' | 'logs' | 'deviceKeys' | 'teamQueue' | 'drills' | 'legacyAccounts'>,
  account: Account,
  { deviceKey, device, operation, address, method, hasShownLegacyPin }: NewSession,
): Promise<Session> {
  const upgrade = hasShownLegacyPin ? null : await upgradeRefusal(stores, account.id);
  if (upgrade !== null) throw upgrade;
  const nowMs = deps.clock.now();
  const drill = await stores.drills.awaited(account.id, { method, deviceKey }, nowMs);
  const session: Session = {
    id: newUuid(deps.random),
    account_id: account.id,
    device_key: deviceKey,
    device_name: device.name,
    platform: device.platform,
    state: 'locked',
    created_at_ms: nowMs,
    ends_at_ms: drill === null ? nowMs + lockedSessionMs : drill.expires_at_ms,
    last_seen_at_ms: nowMs,
    last_place: address,
    full_at_ms: null,
    hold_ended: false,
    is_drill: drill !== null,
  };
  await stores.sessions.add(session);
  if (drill !== null) {
    await stores.drills.noteGotIn(account.id);
    return session;
  }
  await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
  await tellDevices(deps, stores, account.id, {
    kind: 'newLogin',
    parameters: { method, device: noticedDevice(session, address) },
  });
  return session;
}
