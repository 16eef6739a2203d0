import { Type } from 'typebox';
import { route } from '../route.ts';
import { DeviceDescription, Ed25519PublicKey, Exact, SmsCode, Uuid } from '../schemas.ts';
import { SessionView } from '../views.ts';

/**
 * The one call that carries a PIN which a server checks: the old one of an imported account, which is never the new one (ADR 85). The code
 * is of purpose `login`; it stays good until a login was made with it.
 */
export const loginWithLegacyPin = route({
  name: 'loginWithLegacyPin',
  summary: 'A new session for an imported account, by phone code and old PIN, to set its first real PIN',
  method: 'POST',
  path: '/api/v1/logins/legacy-pin',
  access: 'public',
  body: Exact({
    verificationId: Uuid,
    code: SmsCode,
    legacyPin: Type.String({ minLength: 1, maxLength: 128 }),
    deviceKey: Ed25519PublicKey,
    device: DeviceDescription,
  }),
  answer: SessionView,
});
