import type { BodyOf, routes } from '@hexkey/contract';
import { deviceHpkeKeyStatement, verifyEd25519 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { sealToDevice } from './seal-to-device.ts';

/**
 * Keeps the key that messages to this device are sealed to. The signature is stored with it: others check it themselves once people
 * write to each other.
 * @throws {DomainError} `InvalidField` (hpkeKey, signature)
 */
export async function publishDeviceKey(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  { session, account }: Caller,
  body: BodyOf<typeof routes.publishDeviceKey>,
): Promise<void> {
  const hpkeKey = readBytes(body.hpkeKey, 'hpkeKey');
  const signature = readBytes(body.signature, 'signature');
  const statement = deviceHpkeKeyStatement({ accountId: account.id, sessionId: session.id, hpkeKey });
  if (!verifyEd25519(session.device_key, statement, signature))
    throw invalidField('signature', 'does not verify');
  // RFC 7748 section 6.1: under a point of small order the secret is zero, and no message could be sealed. One seal tells.
  const probe = new Uint8Array(0);
  await sealToDevice(hpkeKey, { info: probe, aad: probe }, probe).catch(() => {
    throw invalidField('hpkeKey', 'no usable key');
  });
  await stores.deviceKeys.replace({
    session_id: session.id,
    hpke_key: hpkeKey,
    signature,
    published_at_ms: clock.now(),
  });
}
