import { route } from '../route.ts';
import {
  ContactCode,
  DeviceDescription,
  Ed25519PublicKey,
  Exact,
  HexkeyId,
  Locale,
  Nullable,
  TimeMs,
  Uuid,
} from '../schemas.ts';
import { SessionView } from '../views.ts';

/**
 * "Need help?" Before 60 seconds have passed since the SMS: 429 with the time left. An expired or unknown verification: 20114.
 * The id is null when the number has no account, or its account no recovery contact who could help.
 */
export const offerContactLogin = route({
  name: 'offerContactLogin',
  summary: 'Whether the account of a number can be entered through its recovery contact',
  method: 'POST',
  path: '/api/v1/contact-logins',
  access: 'public',
  body: Exact({
    /** Of the `login` code that was asked for the original number. */
    verificationId: Uuid,
  }),
  answer: Exact({
    /** Good for 30 minutes. */
    contactLoginId: Nullable(Uuid),
  }),
});

/** Every wrong Hexkey ID gets the same 20130. At the right one all devices and the number are told at once. */
export const requestContactLoginCode = route({
  name: 'requestContactLoginCode',
  summary: 'Team Hexkey sends the recovery contact a 4-digit code',
  method: 'POST',
  path: '/api/v1/contact-logins/codes',
  access: 'public',
  body: Exact({ contactLoginId: Uuid, hexkeyId: HexkeyId, locale: Locale }),
  answer: Exact({ resendAtMs: TimeMs, expiresAtMs: TimeMs }),
});

/** A locked session, as after every login. */
export const loginWithContact = route({
  name: 'loginWithContact',
  summary: 'A new session for the account whose recovery contact passed on the code',
  method: 'POST',
  path: '/api/v1/logins/contact',
  access: 'public',
  body: Exact({
    contactLoginId: Uuid,
    code: ContactCode,
    deviceKey: Ed25519PublicKey,
    device: DeviceDescription,
  }),
  answer: SessionView,
});
