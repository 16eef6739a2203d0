import { type AnswerOf, type BodyOf, routes } from '@hexkey/contract';
import type { Hexkey } from '../hexkey.ts';
import { answerCaptcha } from './answer-captcha.ts';
import type { Client } from './client.ts';

type Asking = Pick<Client, 'api' | 'deps'>;

/**
 * Asks for codes. A new one ends the one this page asked for before; the server heeds that for the same number and purpose only. Where
 * many codes are asked for it wants a puzzle solved first, which nobody has to look at.
 */
export function phoneCodeRequests(client: Asking): Hexkey['requestPhoneCode'] {
  let before: string | undefined;
  return async (phone, purpose, locale) => {
    const replaces = before === undefined ? {} : { replaces: before };
    const verification = await request(client, { phone: phone.reveal(), purpose, locale, ...replaces });
    before = verification.verificationId;
    return verification;
  };
}

async function request(
  client: Asking,
  body: BodyOf<typeof routes.requestPhoneCode>,
): Promise<AnswerOf<typeof routes.requestPhoneCode>> {
  return answerCaptcha(client, body.phone, (captcha) =>
    client.api.call(routes.requestPhoneCode, { body: { ...body, ...captcha } }),
  );
}
