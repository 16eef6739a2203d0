import type { AnswerOf, BodyOf, routes } from '@hexkey/contract';
import { announceLinkStatement } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField, readBytes } from '../field-bytes.ts';
import { newUuid } from '../identifiers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject } from '../limits/subjects.ts';
import { readDeviceKey, verifyDeviceSignature } from '../sessions/device-key.ts';

type Route = typeof routes.createDeviceLink;
const scanWithinMs = 60_000;

/** A link that any logged-in device may scan within a minute. @throws {DomainError} `TooMany`, `InvalidField` */
export async function createDeviceLink(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>,
  body: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const deviceKey = readDeviceKey(body.deviceKey);
  const announced = announceLinkStatement({ deviceKey, ...body.device });
  if (!verifyDeviceSignature(deviceKey, announced, readBytes(body.signature, 'signature')))
    throw invalidField('signature', 'not by the device key');
  const linkId = newUuid(deps.random);
  const expiresAtMs = deps.clock.now() + scanWithinMs;
  await deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'deviceLinksPerAddress', addressSubject(deps.keys, address));
    await stores.deviceLinks.add({
      id: linkId,
      device_key: deviceKey,
      device_name: body.device.name,
      platform: body.device.platform,
      place: address,
      expires_at_ms: expiresAtMs,
      opened_by_session_id: null,
      encapsulated_key: null,
      ciphertext: null,
      session_id: null,
    });
  });
  return { linkId, expiresAtMs };
}
