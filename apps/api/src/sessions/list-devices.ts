import type { AnswerOf, DeviceView, routes } from '@hexkey/contract';
import { deviceKeyThumbprint } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { Caller } from './authenticate-request.ts';
import type { Session } from './sessions.store.ts';

/** The devices of the account, the calling one first, the others by last use. */
export async function listDevices(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  { session, account }: Caller,
): Promise<AnswerOf<typeof routes.listDevices>> {
  const sessions = await stores.sessions.list(account.id, clock.now());
  const devices = sessions.map((each) => deviceViewOf(each, each.id === session.id));
  return { devices: [...devices].sort((a, b) => Number(b.isThisOne) - Number(a.isThisOne)) };
}

function deviceViewOf(session: Session, isThisOne: boolean): DeviceView {
  return {
    sessionId: session.id,
    name: session.device_name,
    platform: session.platform,
    state: session.state,
    place: session.last_place,
    lastSeenAtMs: session.last_seen_at_ms ?? session.created_at_ms,
    createdAtMs: session.created_at_ms,
    isThisOne,
    deviceKeyThumbprint: deviceKeyThumbprint(session.device_key),
  };
}
