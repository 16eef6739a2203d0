import { DomainError } from '@hexkey/contract';
import { type DeviceFrame, socketCloseCodes, socketHelloStatement } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { checkClientVersion } from '../sessions/client-version.ts';
import { verifyDeviceSignature } from '../sessions/device-key.ts';

type Hello = Extract<DeviceFrame, { type: 'hello' }>;

/** Whether a device may open its socket: version, session, signature over this connection's nonce, in the order of HTTP requests.
 * @returns null, or the code to close with */
export async function admitHello(
  { clock, stores, minimumClientVersion }: Pick<Deps, 'clock' | 'stores' | 'minimumClientVersion'>,
  nonce: Uint8Array,
  { sessionId, client, signature }: Hello,
): Promise<number | null> {
  try {
    checkClientVersion(client, minimumClientVersion);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.name === 'UpdateRequired' ? socketCloseCodes.updateRequired : socketCloseCodes.malformed;
  }
  const session = await stores.sessions.get(sessionId);
  if (session === null || (session.ends_at_ms !== null && session.ends_at_ms <= clock.now()))
    return socketCloseCodes.sessionEnded;
  if (!verifyDeviceSignature(session.device_key, socketHelloStatement({ nonce, sessionId }), signature))
    return socketCloseCodes.sessionEnded;
  return session.state === 'full' ? null : socketCloseCodes.sessionLocked;
}
