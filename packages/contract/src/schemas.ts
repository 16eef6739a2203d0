import { type TSchema, Type } from 'typebox';

/** Bytes of one exact length as unpadded base64url. */
export const Bytes = (lengthBytes: number) => {
  const characters = Math.ceil((lengthBytes * 4) / 3);
  return Type.String({
    pattern: `^[A-Za-z0-9_-]{${characters}}$`,
    minLength: characters,
    maxLength: characters,
  });
};

/** Bytes of bounded length as unpadded base64url. */
export const BytesUpTo = (lengthBytes: number) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]+$', minLength: 2, maxLength: Math.ceil((lengthBytes * 4) / 3) });

/** An object that refuses members it does not name. */
export const Exact = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
});
/** Milliseconds since the Unix epoch. */
export const TimeMs = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
export const Ed25519PublicKey = Bytes(32);
export const Ed25519Signature = Bytes(64);
export const RealmId = Type.String({ pattern: '^[0-9a-f]{32}$' });
/** E.164 with its plus sign; the server checks that the number exists in its country's plan. */
export const PhoneNumber = Type.String({ pattern: '^\\+[1-9][0-9]{5,14}$', maxLength: 16 });
export const SmsCode = Type.String({ pattern: '^[0-9]{4}$', minLength: 4, maxLength: 4 });
/** The numeric identity number people give each other. 7000 is Team Hexkey. */
export const HexkeyId = Type.String({ pattern: '^[1-9][0-9]{3,9}$' });
export const ProfileName = Type.String({
  minLength: 1,
  maxLength: 64,
  // Begins and ends with something that is neither space nor control character.
  pattern: '^[^\\s\\u0000-\\u001f\\u007f](?:[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f])?$',
});
/** Names the bytes of one picture of one account; it changes with them. */
export const AvatarId = Bytes(32);
/** The four digits that Team Hexkey sends to a recovery contact. */
export const ContactCode = Type.String({ pattern: '^[0-9]{4}$', minLength: 4, maxLength: 4 });
/** A solved puzzle of `createCaptcha`. */
export const CaptchaAnswer = Exact({ captchaId: Uuid, proofOfWork: Bytes(8) });
export const Locale = Type.Union([Type.Literal('en'), Type.Literal('zh')]);

/** What the owner's list of devices shows about one. */
export const DeviceDescription = Exact({
  name: Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\u0000-\\u001f\\u007f]+$' }),
  platform: Type.Union([Type.Literal('web'), Type.Literal('cli')]),
});
