import { DomainError, isDomainError, type SessionView } from '@hexkey/contract';
import { equalBytes, Secret } from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject, everybody } from '../limits/subjects.ts';
import { readDeviceKey } from '../sessions/device-key.ts';
import { sessionViewOf } from '../sessions/session-view.ts';
import type { Session } from '../sessions/sessions.store.ts';
import type { PhoneVerification } from './phone-verifications.store.ts';
import { isRightCode } from './sms-codes.ts';

export interface PhoneLogin {
  readonly verificationId: string;
  readonly code: string;
  readonly deviceKey: string;
  readonly purpose: 'register' | 'login';
  readonly address: string;
}

interface LoggedIn {
  readonly session: Session;
  readonly account: Account;
}
/** What a right code leads to. A refusal is returned, not thrown: throwing would undo that the code was used. */
type OnRightCode = (
  stores: Stores,
  verification: PhoneVerification,
  deviceKey: Uint8Array,
) => Promise<LoggedIn | DomainError>;

/**
 * Tries a code. The try is paid before the code is looked at, and given back unless the code was wrong. The same device may
 * repeat a right code whose answer was lost, and gets the same session.
 * @throws {DomainError} `WrongCode`, `ExpiredCode`, `CodeAskedTooOften`, and what the right code leads to
 */
export async function usePhoneCode(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  login: PhoneLogin,
  onRightCode: OnRightCode,
): Promise<SessionView> {
  const deviceKey = readDeviceKey(login.deviceKey);
  const refund = await payForTry(deps, login.address);
  const outcome = await deps.transact((stores) => judge(deps, stores, login, deviceKey, onRightCode));
  // Only a wrong code is a guess: counting what cannot be right would let anybody use up everybody's limit for free.
  if (!isDomainError(outcome, 'WrongCode')) await refund();
  if (outcome instanceof DomainError) throw outcome;
  return sessionViewOf(outcome.session, outcome.account);
}

async function judge(
  { clock, keys }: Pick<Deps, 'clock' | 'keys'>,
  stores: Stores,
  login: PhoneLogin,
  deviceKey: Uint8Array,
  onRightCode: OnRightCode,
): Promise<LoggedIn | DomainError> {
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
  const outcome = await onRightCode(stores, verification, deviceKey);
  const sessionId = outcome instanceof DomainError ? null : outcome.session.id;
  await stores.phoneVerifications.markUsed(verification.id, deviceKey, sessionId);
  return outcome;
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

async function payForTry(
  deps: Pick<Deps, 'clock' | 'keys' | 'transact'>,
  address: string,
): Promise<() => Promise<void>> {
  const nowMs = deps.clock.now();
  const caller = addressSubject(deps.keys, address);
  const all = everybody(deps.keys);
  await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'codeFailuresPerAddress', caller, 'CodeAskedTooOften');
    await enforceLimit(deps, stores, 'codeFailuresInAll', all, 'CodeAskedTooOften');
  });
  return () =>
    deps.transact(async (stores) => {
      await stores.limits.giveBack('codeFailuresPerAddress', caller, nowMs);
      await stores.limits.giveBack('codeFailuresInAll', all, nowMs);
    });
}
