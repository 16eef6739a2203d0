import type { Deps } from '../deps.ts';
import type { Session } from './sessions.store.ts';

const precisionMs = 60_000;

/** Remembers when and where a device was last seen: at most one write a minute, unless it has moved. */
export async function noteSeen(
  { clock, stores }: Pick<Deps, 'clock' | 'stores'>,
  session: Session,
  address: string,
): Promise<void> {
  const nowMs = clock.now();
  const isFresh = session.last_seen_at_ms !== null && nowMs - session.last_seen_at_ms < precisionMs;
  if (isFresh && session.last_place === address) return;
  await stores.sessions.noteSeen(session.id, nowMs, address);
}
