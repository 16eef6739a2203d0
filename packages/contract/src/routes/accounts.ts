import { Type } from 'typebox';
import { CodeSent } from '../recovery-views.ts';
import { route } from '../route.ts';
import {
  AvatarId,
  Bytes,
  BytesUpTo,
  CaptchaAnswer,
  DeviceDescription,
  Ed25519PublicKey,
  Ed25519Signature,
  Exact,
  HexkeyId,
  Locale,
  Nullable,
  PhoneNumber,
  ProfileName,
  SmsCode,
  TimeMs,
  Uuid,
} from '../schemas.ts';
import { SessionView } from '../views.ts';

const LoginPurpose = Type.Union([Type.Literal('register'), Type.Literal('login')]);

export const createLoginChallenge = route({
  name: 'createLoginChallenge',
  summary: 'A challenge for the login key to sign',
  method: 'POST',
  path: '/api/v1/login-challenges',
  access: 'public',
  body: Exact({ loginKey: Ed25519PublicKey, purpose: LoginPurpose }),
  answer: Exact({
    challengeId: Uuid,
    challenge: Bytes(32),
    /** Leading zero bits demanded of the proof of work; 0 for `login`. */
    proofOfWorkBits: Type.Integer({ minimum: 0, maximum: 32 }),
    expiresAtMs: TimeMs,
  }),
});

const WordsLogin = {
  challengeId: Uuid,
  loginKey: Ed25519PublicKey,
  deviceKey: Ed25519PublicKey,
  signature: Ed25519Signature,
  device: DeviceDescription,
};

export const registerWithWords = route({
  name: 'registerWithWords',
  summary: 'A new account for a login key; an existing one is logged in to',
  method: 'POST',
  path: '/api/v1/registrations/words',
  access: 'public',
  body: Exact({ ...WordsLogin, proofOfWork: Bytes(8) }),
  answer: SessionView,
});

export const loginWithWords = route({
  name: 'loginWithWords',
  summary: 'A new session for the account of a login key',
  method: 'POST',
  path: '/api/v1/logins/words',
  access: 'public',
  body: Exact(WordsLogin),
  answer: SessionView,
});

export const requestPhoneCode = route({
  name: 'requestPhoneCode',
  summary: 'Sends a 4-digit code by SMS',
  method: 'POST',
  path: '/api/v1/phone-codes',
  access: 'public',
  body: Exact({
    phone: PhoneNumber,
    purpose: LoginPurpose,
    locale: Locale,
    /** The code asked for before, which the new one ends. Codes that others asked for stay. */
    replaces: Type.Optional(Uuid),
    /** After 10005 `CaptchaNeeded`. */
    captcha: Type.Optional(CaptchaAnswer),
  }),
  answer: CodeSent,
});

/** Demanded when an address or the whole server comes near its limits, and then for one request. */
export const createCaptcha = route({
  name: 'createCaptcha',
  summary: 'A puzzle whose solution a request may be asked to carry',
  method: 'POST',
  path: '/api/v1/captchas',
  access: 'public',
  answer: Exact({
    captchaId: Uuid,
    challenge: Bytes(32),
    proofOfWorkBits: Type.Integer({ minimum: 0, maximum: 32 }),
    expiresAtMs: TimeMs,
  }),
});

const PhoneLogin = {
  verificationId: Uuid,
  code: SmsCode,
  deviceKey: Ed25519PublicKey,
  device: DeviceDescription,
};

export const registerWithPhone = route({
  name: 'registerWithPhone',
  summary: 'A new account for a verified phone number',
  method: 'POST',
  path: '/api/v1/registrations/phone',
  access: 'public',
  body: Exact(PhoneLogin),
  answer: SessionView,
});

export const loginWithPhone = route({
  name: 'loginWithPhone',
  summary: 'A new session for the account of a verified phone number',
  method: 'POST',
  path: '/api/v1/logins/phone',
  access: 'public',
  body: Exact(PhoneLogin),
  answer: SessionView,
});

export const getAccount = route({
  name: 'getAccount',
  summary: 'The own account',
  method: 'GET',
  path: '/api/v1/account',
  access: 'full',
  answer: Exact({
    accountId: Uuid,
    hexkeyId: HexkeyId,
    name: Nullable(ProfileName),
    avatarId: Nullable(AvatarId),
    /** All but the last digits hidden. */
    phoneMasked: Nullable(Type.String()),
    registeredWith: Type.Union([Type.Literal('words'), Type.Literal('phone')]),
    createdAtMs: TimeMs,
    pinSetAtMs: TimeMs,
  }),
});

export const updateProfile = route({
  name: 'updateProfile',
  summary: 'Changes the profile name',
  method: 'PATCH',
  path: '/api/v1/account/profile',
  access: 'full',
  body: Exact({ name: ProfileName }),
});

/** Everything of the account that is sealed under the PIN and kept by the server: nothing for accounts without a phone. */
export const getSealedEntropy = route({
  name: 'getSealedEntropy',
  summary: 'The entropy, sealed under a key from S_pin',
  method: 'GET',
  path: '/api/v1/account/sealed-entropy',
  access: 'full',
  answer: Exact({ sealedEntropy: Nullable(BytesUpTo(128)) }),
});
