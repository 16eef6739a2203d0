import { Type } from 'typebox';
import { CodeSent } from '../recovery-views.ts';
import { route } from '../route.ts';
import {
  BytesUpTo,
  CaptchaAnswer,
  Exact,
  Locale,
  Nullable,
  PhoneNumber,
  SmsCode,
  TimeMs,
  Uuid,
} from '../schemas.ts';

/**
 * The code that `linkPhone` needs. It is good for the asking session only. Says nothing about whether the number is in use:
 * that is told after the right code.
 */
export const requestPhoneLinkCode = route({
  name: 'requestPhoneLinkCode',
  summary: 'Sends a code to the number that is to be added, changed to or verified again',
  method: 'POST',
  path: '/api/v1/account/phone-codes',
  access: 'full',
  body: Exact({
    /** Null: the number the account has, to verify it again. */
    phone: Nullable(PhoneNumber),
    locale: Locale,
    /** After 10005 `CaptchaNeeded`, which only a number that is named here can meet. */
    captcha: Type.Optional(CaptchaAnswer),
  }),
  answer: CodeSent,
});

/** Linking a number and storing the sealed entropy is one transaction. */
export const linkPhone = route({
  name: 'linkPhone',
  summary: 'Adds, changes or verifies again the phone number whose code is right',
  method: 'PUT',
  path: '/api/v1/account/phone',
  access: 'full',
  pinAuth: true,
  body: Exact({
    verificationId: Uuid,
    code: SmsCode,
    /** Of the SMS that tells the old number. */
    locale: Locale,
    /** E sealed as docs/protocol/account-api.md section 4 says; null exactly when the server has it already. */
    sealedEntropy: Nullable(BytesUpTo(128)),
  }),
  answer: Exact({
    result: Type.Union([Type.Literal('added'), Type.Literal('changed'), Type.Literal('verified')]),
    phoneMasked: Type.String(),
    verifiedAtMs: TimeMs,
  }),
});
