import type { AnswerOf, BodyOf, routes } from '@hexkey/contract';
import { requireCaptcha } from '../captchas/require-captcha.ts';
import type { Deps } from '../deps.ts';
import { readPhone } from './phone-numbers.ts';
import { sendPhoneCode } from './send-phone-code.ts';

type Route = typeof routes.requestPhoneCode;

/**
 * Sends a code, which ends the one whose id is given as `replaces` and no other: only who asked for a code knows its id, so a stranger
 * who asks for the same number leaves it alone. Says nothing about whether the number has an account.
 * @throws {DomainError} `InvalidPhoneNumber`, `CaptchaNeeded`, `CaptchaWrong`, `CodeAskedTooOften`, `SmsNotDelivered`
 */
export async function requestPhoneCode(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact' | 'sms' | 'log'>,
  { phone: text, purpose, locale, replaces, captcha }: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const phone = readPhone(text);
  return sendPhoneCode(deps, {
    phone,
    purpose,
    locale,
    address,
    forSessionId: null,
    async prepare(stores, hash) {
      await requireCaptcha(deps, stores, { phone, address, captcha });
      if (replaces !== undefined) await stores.phoneVerifications.dropOf(hash, purpose, replaces);
    },
  });
}
