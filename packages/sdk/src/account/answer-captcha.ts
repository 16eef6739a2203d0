import { type BodyOf, isDomainError, routes } from '@hexkey/contract';
import { captchaSubject, fromBase64url, toBase64url } from '@hexkey/protocol';
import type { Client } from './client.ts';
import { solvePuzzle } from './solve-puzzle.ts';

type Captcha = Pick<BodyOf<typeof routes.requestPhoneCode>, 'captcha'>;

/**
 * Sends a request about a phone number and, where the server wants a puzzle solved first, once more with the solution. Nobody has to
 * look at it. docs/protocol/account-api.md section 14.
 * @param phone E.164
 */
export async function answerCaptcha<Answer>(
  client: Pick<Client, 'api' | 'deps'>,
  phone: string,
  send: (captcha: Captcha) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send({});
  } catch (error) {
    if (!isDomainError(error, 'CaptchaNeeded')) throw error;
    return send({ captcha: await solvedCaptcha(client, phone) });
  }
}

async function solvedCaptcha({ api, deps }: Pick<Client, 'api' | 'deps'>, phone: string) {
  const { captchaId, challenge, proofOfWorkBits } = await api.call(routes.createCaptcha, {});
  const puzzle = {
    challenge: fromBase64url(challenge),
    loginKey: captchaSubject(phone),
    bits: proofOfWorkBits,
  };
  return { captchaId, proofOfWork: toBase64url(await solvePuzzle(puzzle, deps.yieldToOthers)) };
}
