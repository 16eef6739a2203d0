import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { upgradeRefusal } from '../legacy-accounts/needs-upgrade.ts';
import { maskPhone, openPhone } from '../phone-verification/phone-numbers.ts';
import { tellDevices } from '../team-hexkey/tell-devices.ts';

const silentForMs = 30 * 24 * 60 * 60_000;

/**
 * Takes a number from an account that nobody seems to use: no right PIN for 30 days, and no full session seen in them. Called for somebody
 * who has just shown a code sent to that number; nothing but the number leaves the old account.
 * @returns whether the number is free now
 */
export async function freeRecycledNumber(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'teamKey'>,
  stores: Stores,
  phoneHash: Uint8Array,
): Promise<boolean> {
  const holder = await stores.accounts.findByPhone(phoneHash);
  if (holder === null) return true;
  if (holder.phone_sealed === null || !(await isSilent(stores, holder, deps.clock.now()))) return false;
  const phoneMasked = maskPhone(openPhone(deps.keys, holder.id, holder.phone_sealed));
  await stores.accounts.unlinkPhone(holder.id);
  await stores.contactLogins.dropOf(holder.id);
  await tellDevices(deps, stores, holder.id, { kind: 'phoneUnlinked', parameters: { phoneMasked } });
  return true;
}

/** An imported account has had no PIN to show yet: its owner, who registers by mistake, must not lose it. */
async function isSilent(stores: Stores, holder: Account, nowMs: number): Promise<boolean> {
  if ((await upgradeRefusal(stores, holder.id)) !== null) return false;
  const lastPinAtMs = holder.last_pin_at_ms ?? holder.pin_set_at_ms ?? holder.created_at_ms;
  if (lastPinAtMs > nowMs - silentForMs) return false;
  const sessions = await stores.sessions.list(holder.id, nowMs);
  return sessions.every(
    (session) =>
      session.state !== 'full' || (session.last_seen_at_ms ?? session.created_at_ms) <= nowMs - silentForMs,
  );
}
