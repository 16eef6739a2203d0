import { type AnswerOf, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import { equalBytes, Secret } from '@hexkey/protocol';
import type { Account } from '../accounts/accounts.store.ts';
import { isRightCode } from '../codes/four-digit-codes.ts';
import { tryCode } from '../codes/try-code.ts';
import type { Stores } from '../database/stores.ts';
import { isUniqueViolation } from '../database/unique-violation.ts';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import { maskPhone, openPhone, sealPhone } from '../phone-verification/phone-numbers.ts';
import type { PhoneVerification } from '../phone-verification/phone-verifications.store.ts';
import { sendAlert } from '../phone-verification/send-alert.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';
import { freeRecycledNumber } from './free-recycled-number.ts';

type Route = typeof routes.linkPhone;
type LinkDeps = Pick<Deps, 'clock' | 'random' | 'keys' | 'teamKey' | 'transact' | 'sms' | 'log'>;
type Result = AnswerOf<Route>['result'];

/**
 * Adds, changes or verifies again the number whose code is right. Number and sealed E are stored in one transaction: an account that a
 * phone reaches without its E would be half an account. The session may repeat a right code whose answer was lost.
 * @throws {DomainError} `WrongCode`, `ExpiredCode`, `CodeAskedTooOften`; `PhoneNumberInUse` only after the right code; `InvalidField`
 *   (sealedEntropy) unless it is null exactly when the server has one; `Forbidden` while the secret of the PIN is being replaced
 */
export async function linkPhone(
  deps: LinkDeps,
  caller: Caller,
  body: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const { account } = caller;
  const outcome = await tryCode(deps, address, () =>
    deps
      .transact((stores) => judge(deps, stores, caller, body, address))
      .catch((error: unknown): DomainError => {
        // Another account linked the number between our look and our write.
        if (isUniqueViolation(error)) return new DomainError('PhoneNumberInUse', {});
        throw error;
      }),
  );
  if (outcome.result === 'changed') await sendAlert(deps, account, body.locale, 'phoneChanged');
  return { ...outcome, verifiedAtMs: deps.clock.now() };
}

async function judge(
  deps: LinkDeps,
  stores: Stores,
  caller: Caller,
  { verificationId, code, sealedEntropy }: BodyOf<Route>,
  address: string,
): Promise<{ result: Result; phoneMasked: string } | DomainError> {
  const { session, account } = caller;
  const live = await stores.phoneVerifications.lock(verificationId);
  if (
    live === null ||
    live.purpose !== 'link' ||
    live.for_session_id !== session.id ||
    live.expires_at_ms <= deps.clock.now() ||
    live.tries_left === 0
  )
    return new DomainError('ExpiredCode', {});
  if (!isRightCode(deps.keys, live.id, live.code_mac, new Secret(code))) {
    const triesLeft = live.tries_left - 1;
    await stores.phoneVerifications.setTriesLeft(live.id, triesLeft);
    return new DomainError('WrongCode', { triesLeft });
  }
  const phone = openPhone(deps.keys, live.id, live.phone_sealed);
  const phoneMasked = maskPhone(phone);
  const isOwn = account.phone_hash !== null && equalBytes(account.phone_hash, live.phone_hash);
  if (live.used_by_device_key !== null)
    return isOwn ? { result: 'verified', phoneMasked } : new DomainError('ExpiredCode', {});
  if (!isOwn) {
    const refusal = await link(deps, stores, account, live, phone, sealedEntropy);
    if (refusal !== null) return refusal;
  } else if (sealedEntropy !== null && account.sealed_entropy !== null) return alreadySealed();
  const result = isOwn ? 'verified' : account.phone_hash === null ? 'added' : 'changed';
  const nowMs = deps.clock.now();
  await stores.accounts.dateVerification(account.id, nowMs);
  await stores.drills.record(account.id, 'phone', nowMs);
  await stores.phoneVerifications.markUsed(live.id, session.device_key, session.id);
  await tell(deps, stores, caller, { result, phoneMasked, address });
  return { result, phoneMasked };
}

async function link(
  deps: LinkDeps,
  stores: Stores,
  account: Account,
  { phone_hash: hash }: PhoneVerification,
  phone: Secret<string>,
  sealedEntropy: string | null,
): Promise<DomainError | null> {
  if (sealedEntropy !== null && account.sealed_entropy !== null) return alreadySealed();
  if (sealedEntropy === null && account.sealed_entropy === null)
    return invalidField('sealedEntropy', 'needed: the server has none');
  // An open replacement of S_pin carries the seal it will put in place; a new one beside it would be lost.
  if (sealedEntropy !== null && (await stores.preparedSecrets.list(account.id)).length > 0)
    return new DomainError('Forbidden', { reason: 'not-allowed' });
  if (!(await freeRecycledNumber(deps, stores, hash))) return new DomainError('PhoneNumberInUse', {});
  await stores.accounts.linkPhone(account.id, {
    hash,
    sealed: sealPhone(deps, account.id, phone),
    sealedEntropy: sealedEntropy === null ? null : readBytes(sealedEntropy, 'sealedEntropy'),
  });
  return null;
}

async function tell(
  deps: LinkDeps,
  stores: Stores,
  { session, account }: Caller,
  event: { readonly result: Result; readonly phoneMasked: string; readonly address: string },
): Promise<void> {
  const { result, phoneMasked, address } = event;
  const operation = { added: 'addPhone', changed: 'changePhone', verified: 'verifyPhone' }[result];
  await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
  if (result === 'verified') return;
  // Logins through the contact began with the number before.
  await stores.contactLogins.dropOf(account.id);
  await tellDevices(deps, stores, account.id, {
    kind: result === 'added' ? 'phoneAdded' : 'phoneChanged',
    parameters: { phoneMasked, device: noticedDevice(session, address) },
  });
}

const alreadySealed = () => invalidField('sealedEntropy', 'must be null: the server has one');
