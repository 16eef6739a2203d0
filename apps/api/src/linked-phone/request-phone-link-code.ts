import { type BodyOf, type CodeSent, DomainError, type routes } from '@hexkey/contract';
import { requireCaptcha } from '../captchas/require-captcha.ts';
import type { Deps } from '../deps.ts';
import { openPhone, readPhone } from '../phone-verification/phone-numbers.ts';
import { sendPhoneCode } from '../phone-verification/send-phone-code.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * Sends the code that `linkPhone` needs, good for this session only. Says nothing about whether the number is in use. A number that the
 * caller names is guarded by a captcha like that of a login; the account's own was shown to be the owner's, and has its own limits.
 * @throws {DomainError} `PhoneNeeded` when there is none to verify again, `InvalidPhoneNumber`, `CaptchaNeeded`, `CaptchaWrong`,
 * `CodeAskedTooOften`, `SmsNotDelivered`
 */
export async function requestPhoneLinkCode(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'sms' | 'log'>,
  { session, account }: Caller,
  { phone: text, locale, captcha }: BodyOf<typeof routes.requestPhoneLinkCode>,
  address: string,
): Promise<CodeSent> {
  if (text === null && account.phone_sealed === null) throw new DomainError('PhoneNeeded', {});
  const phone =
    text === null && account.phone_sealed !== null
      ? openPhone(deps.keys, account.id, account.phone_sealed)
      : readPhone(text ?? '');
  return sendPhoneCode(deps, {
    phone,
    purpose: 'link',
    locale,
    address,
    forSessionId: session.id,
    async prepare(stores) {
      if (text !== null) await requireCaptcha(deps, stores, { phone, address, captcha });
      await stores.phoneVerifications.dropOfSession(session.id);
    },
  });
}
