import { DomainError, isDomainError, type SessionView } from '@hexkey/contract';
import { equalBytes, Secret } from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import { isRightCode } from '../codes/four-digit-codes.ts';
import { tryCode } from '../codes/try-code.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { numberAtAddress } from '../limits/subjects.ts';
import { readDeviceKey } from '../sessions/device-key.ts';
import { sessionViewOf } from '../sessions/session-view.ts';
import type { Session } from '../sessions/sessions.store.ts';
import type { PhoneVerification } from './phone-verifications.store.ts';

export interface PhoneLogin {
  readonly verificationId: string;
  readonly code: string;
  readonly deviceKey: string;
  readonly purpose: 'register' | 'login';
  readonly address: string;
}

export interface LoggedIn {
  readonly session: Session;
  readonly account: Account;
}
/** What a right code leads to. A refusal is returned, not thrown: throwing would undo that the code was used. */
type OnRightCode<T> = (
  stores: Stores,
  verification: PhoneVerification,
  deviceKey: Uint8Array,
) => Promise<T | DomainError>;

/**
 * Tries a code. The try is paid before the code is looked at, and given back unless the code was wrong. The same device may
 * repeat a right code whose answer was lost, and gets the same session.
 * @throws {DomainError} `WrongCode`, `ExpiredCode`, `CodeAskedTooOften`, and what the right code leads to
 */
export async function usePhoneCode(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  login: PhoneLogin,
  onRightCode: OnRightCode<LoggedIn>,
): Promise<SessionView> {
  const { session, account } = await tryPhoneCode(deps, login, async (stores, verification, deviceKey) => {
    const outcome = await onRightCode(stores, verification, deviceKey);
    const sessionId = outcome instanceof DomainError ? null : outcome.session.id;
    // Whoever is sent to the PIN upgrade takes the same code along.
    if (!isDomainError(outcome, 'PinUpgradeRequired'))
      await markCodeUsed(deps, stores, verification, { deviceKey, sessionId, address: login.address });
    return outcome;
  });
  return sessionViewOf(session, account);
}

/** The same for what needs more than one transaction: only `markCodeUsed` uses the code up. */
export function tryPhoneCode<T extends object>(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  login: PhoneLogin,
  onRightCode: OnRightCode<T>,
): Promise<T | LoggedIn> {
  const deviceKey = readDeviceKey(login.deviceKey);
  return tryCode(deps, login.address, () =>
    deps.transact((stores) => judge(deps, stores, login, deviceKey, onRightCode)),
  );
}

async function judge<T>(
  { clock, keys }: Pick<Deps, 'clock' | 'keys'>,
  stores: Stores,
  login: PhoneLogin,
  deviceKey: Uint8Array,
  onRightCode: OnRightCode<T>,
): Promise<T | LoggedIn | DomainError> {
  const verification = await stores.phoneVerifications.lock(login.verificationId);
  if (
    verification === null ||
    verification.purpose !== login.purpose ||
    verification.expires_at_ms <= clock.now() ||
    verification.tries_left === 0
  )
    return new DomainError('ExpiredCode', {});
  if (!isRightCode(keys, verification.id, verification.code_mac, new Secret(login.code))) {
    const triesLeft = verification.tries_left - 1;
    await stores.phoneVerifications.setTriesLeft(verification.id, triesLeft);
    return new DomainError('WrongCode', { triesLeft });
  }
  if (verification.used_by_device_key !== null) return repeated(stores, verification, deviceKey);
  return onRightCode(stores, verification, deviceKey);
}

/** @param by.sessionId null: the code led to a refusal */
export async function markCodeUsed(
  { clock, keys }: Pick<Deps, 'clock' | 'keys'>,
  stores: Stores,
  verification: PhoneVerification,
  by: { readonly deviceKey: Uint8Array; readonly sessionId: string | null; readonly address: string },
): Promise<void> {
  await stores.phoneVerifications.markUsed(verification.id, by.deviceKey, by.sessionId);
  const here = numberAtAddress(keys, verification.phone_hash, by.address);
  await stores.limits.spend('phoneShownAtAddress', here, clock.now());
}

async function repeated(
  stores: Stores,
  { used_by_device_key: usedBy, session_id: sessionId }: PhoneVerification,
  deviceKey: Uint8Array,
): Promise<LoggedIn | DomainError> {
  const session = sessionId === null ? null : await stores.sessions.get(sessionId);
  const account = session === null ? null : await stores.accounts.get(session.account_id);
  if (session === null || account === null || usedBy === null || !equalBytes(usedBy, deviceKey))
    return new DomainError('ExpiredCode', {});
  return { session, account };
}
