import { type CodeSent, DomainError } from '@hexkey/contract';
import { type Secret, toHex } from '@hexkey/protocol';
import { codeLifetimeMs, codeMac, newCode, triesPerCode } from '../codes/four-digit-codes.ts';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { keyedHash } from '../keys/keyed-hash.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { limits } from '../limits/limits.ts';
import { addressSubject, numberAtAddress } from '../limits/subjects.ts';
import { phoneHash, sealPhone } from './phone-numbers.ts';
import type { PhoneVerification } from './phone-verifications.store.ts';
import { SmsFailedError } from './sms-sender.ts';
import { smsText } from './sms-texts.ts';

export interface PhoneCodeRequest {
  readonly phone: Secret<string>;
  readonly purpose: PhoneVerification['purpose'];
  readonly locale: 'en' | 'zh';
  readonly address: string;
  /** The only session the code serves; null where there is none yet. */
  readonly forSessionId: string | null;
  /** What else is checked, and which older codes end, in the same transaction: throwing undoes all of it. */
  readonly prepare: (stores: Stores, hash: Uint8Array) => Promise<void>;
}

/**
 * Makes a code, keeps its MAC and sends it.
 * @throws {DomainError} `CodeAskedTooOften`, `SmsNotDelivered`
 */
export async function sendPhoneCode(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'sms' | 'log'>,
  { phone, purpose, locale, address, forSessionId, prepare }: PhoneCodeRequest,
): Promise<CodeSent> {
  if (deps.sms === null) throw new DomainError('SmsNotDelivered', {});
  const nowMs = deps.clock.now();
  const id = newUuid(deps.random);
  const code = newCode(deps.random);
  const hash = phoneHash(deps.keys, phone);
  const verification = {
    id,
    purpose,
    phone_hash: hash,
    phone_sealed: sealPhone(deps, id, phone),
    code_mac: codeMac(deps.keys, id, code),
    tries_left: triesPerCode,
    expires_at_ms: nowMs + codeLifetimeMs,
    for_session_id: forSessionId,
    used_by_device_key: null,
    session_id: null,
  };
  await deps.transact(async (stores) => {
    await payForCode(deps, stores, { purpose, hash, address });
    await prepare(stores, hash);
    await stores.phoneVerifications.add(verification);
  });
  try {
    await deps.sms.send({ to: phone, text: smsText(locale, purpose, code), locale, purpose });
  } catch (error) {
    if (!(error instanceof SmsFailedError)) throw error;
    deps.log.warn({ reason: error.message }, 'SMS not delivered');
    throw new DomainError('SmsNotDelivered', {});
  }
  return {
    verificationId: id,
    resendAtMs: nowMs + limits.phoneCodeResend.windowMs,
    expiresAtMs: verification.expires_at_ms,
  };
}

/** Counted for the number at this address first, so that a stranger elsewhere does not use up what its owner may ask for (ADR 37). */
async function payForCode(
  deps: Pick<Deps, 'clock' | 'keys'>,
  stores: Stores,
  { purpose, hash, address }: { purpose: string; hash: Uint8Array; address: string },
): Promise<void> {
  const here = numberAtAddress(deps.keys, hash, address);
  const resend = keyedHash(deps.keys.lookup, 'limit: resend', purpose, toHex(here));
  await enforceLimit(deps, stores, 'phoneCodeResend', resend, 'CodeAskedTooOften');
  await enforceLimit(deps, stores, 'phoneCodesPerNumberAndAddress', here, 'CodeAskedTooOften');
  if ((await stores.limits.waitMs('phoneShownAtAddress', here, deps.clock.now())) === null)
    await enforceLimit(deps, stores, 'phoneCodesPerNumber', hash, 'CodeAskedTooOften');
  const caller = addressSubject(deps.keys, address);
  await enforceLimit(deps, stores, 'phoneCodesPerAddress', caller, 'CodeAskedTooOften');
}
