import { type AnswerOf, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { newUuid } from '../identifiers.ts';
import { keyedHash } from '../keys/keyed-hash.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { limits } from '../limits/limits.ts';
import { addressSubject } from '../limits/subjects.ts';
import { phoneHash, readPhone, sealPhone } from './phone-numbers.ts';
import { newSmsCode, smsCodeMac } from './sms-codes.ts';
import { SmsFailedError } from './sms-sender.ts';
import { smsText } from './sms-texts.ts';

type Route = typeof routes.requestPhoneCode;
const lifetimeMs = 5 * 60_000;
const tries = 3;

/**
 * Sends a code. Says nothing about whether the number has an account.
 * @throws {DomainError} `InvalidPhoneNumber`, `CodeAskedTooOften`, `SmsNotDelivered`
 */
export async function requestPhoneCode(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'sms' | 'log'>,
  { phone: text, purpose, locale }: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const phone = readPhone(text);
  if (deps.sms === null) throw new DomainError('SmsNotDelivered', {});
  const nowMs = deps.clock.now();
  const id = newUuid(deps.random);
  const code = newSmsCode(deps.random);
  const hash = phoneHash(deps.keys, phone);
  const verification = {
    id,
    purpose,
    phone_hash: hash,
    phone_sealed: sealPhone(deps, id, phone),
    code_mac: smsCodeMac(deps.keys, id, code),
    tries_left: tries,
    expires_at_ms: nowMs + lifetimeMs,
    used_by_device_key: null,
    session_id: null,
  };
  await deps.transact(async (stores) => {
    const resend = keyedHash(deps.keys.lookup, 'limit: resend', purpose, phone.reveal());
    await enforceLimit(deps, stores, 'phoneCodeResend', resend, 'CodeAskedTooOften');
    await enforceLimit(deps, stores, 'phoneCodesPerNumber', hash, 'CodeAskedTooOften');
    const caller = addressSubject(deps.keys, address);
    await enforceLimit(deps, stores, 'phoneCodesPerAddress', caller, 'CodeAskedTooOften');
    await stores.phoneVerifications.replace(verification);
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
