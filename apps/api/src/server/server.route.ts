import type { SignedNodeSet } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { version } from '../version.ts';

export function serverHandlers(
  { clock, minimumClientVersion, sms }: Pick<Deps, 'clock' | 'minimumClientVersion' | 'sms'>,
  signedNodeSet: SignedNodeSet,
): Pick<Handlers, 'health' | 'serverInfo' | 'getNodeSet'> {
  return {
    health: () => ({ status: 'ok', part: 'api', version, timeMs: clock.now() }),
    serverInfo: () => ({ version, minimumClientVersion, timeMs: clock.now(), smsAvailable: sms !== null }),
    getNodeSet: () => ({ payload: signedNodeSet.payload, signature: signedNodeSet.signature }),
  };
}
