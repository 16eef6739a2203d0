import type { AnswerOf, BodyOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { openPhone } from '../phone-verification/phone-numbers.ts';
import { sendPhoneCode } from '../phone-verification/send-phone-code.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/** How long an owner has to change their mind. */
export const waitMs = 30 * 24 * 60 * 60_000;

/** Says the day, and sends a phone account its code. @throws {DomainError} `CodeAskedTooOften`, `SmsNotDelivered` */
export async function prepareDeletion(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'sms' | 'log'>,
  { session, account }: Caller,
  { locale }: BodyOf<typeof routes.prepareDeletion>,
  address: string,
): Promise<AnswerOf<typeof routes.prepareDeletion>> {
  const effectiveAtMs = deps.clock.now() + waitMs;
  if (account.phone_sealed === null) return { code: null, effectiveAtMs };
  const code = await sendPhoneCode(deps, {
    phone: openPhone(deps.keys, account.id, account.phone_sealed),
    purpose: 'delete',
    locale,
    address,
    forSessionId: session.id,
    prepare: (stores) => stores.phoneVerifications.dropOfSession(session.id),
  });
  return { code, effectiveAtMs };
}
