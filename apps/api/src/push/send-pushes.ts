import type { Deps } from '../deps.ts';
import { readEndpoint } from './push-endpoint.ts';
import type { PushPort } from './push-port.ts';
import type { PushSubscription } from './push-subscriptions.store.ts';
import type { VapidKey } from './vapid.ts';

/** So long a device that is connected has to take a message before it counts as away. */
export const graceMs = 5_000;
/** Longer than any answer takes: whoever was killed over a message is followed by another attempt. */
const claimedForMs = 60_000;
const firstRetryMs = 30_000;
const longestRetryMs = 60 * 60_000;
const mostTries = 8;
/** RFC 8030 section 5.2: a device that is off is woken when it comes back within a day. */
const keptForSeconds = 24 * 60 * 60;
const atOnce = 50;

export interface PushDeps extends Pick<Deps, 'clock' | 'stores' | 'log'> {
  readonly push: PushPort;
  readonly vapid: VapidKey;
  /** Where operators of push services find the operator of this server. */
  readonly contact: string;
}

/**
 * Wakes the devices for which messages wait. A message has no contents and one topic (RFC 8030 section 5.4): the service keeps one at most, and a
 * device is sent no second one before it has connected. @returns how many were sent
 */
export async function sendPushes(deps: PushDeps): Promise<number> {
  let sent = 0;
  for (;;) {
    const nowMs = deps.clock.now();
    const claimed = await deps.stores.pushSubscriptions.claim(nowMs, nowMs + claimedForMs, atOnce);
    const ids = claimed.map(({ session_id }) => session_id);
    const waiting = await deps.stores.pushSubscriptions.waiting(ids, nowMs);
    const outcomes = await Promise.all(
      claimed.map((subscription) =>
        waiting.has(subscription.session_id) ? send(deps, subscription) : settle(deps, subscription),
      ),
    );
    sent += outcomes.filter((isSent) => isSent).length;
    if (claimed.length < atOnce) return sent;
  }
}

/** It was connected all along, and has taken everything. */
async function settle({ stores }: PushDeps, subscription: PushSubscription): Promise<boolean> {
  await stores.pushSubscriptions.settle(subscription, false);
  return false;
}

async function send(deps: PushDeps, subscription: PushSubscription): Promise<boolean> {
  const { clock, stores, log, push, vapid, contact } = deps;
  const endpoint = readEndpoint(subscription.endpoint, push.hosts);
  // The operator's list has changed since.
  if (endpoint === null) return settle(deps, subscription);
  const headers = {
    authorization: vapid.authorize(endpoint.origin, contact, clock.now()),
    ttl: String(keptForSeconds),
    topic: 'messages',
    urgency: 'high',
  };
  const answer = await push.post(endpoint, headers).catch((error: Error) => error);
  if (answer instanceof Error) return retry(deps, subscription, answer.name, null);
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) {
    await stores.pushSubscriptions.settle(subscription, true);
    return true;
  }
  if (status === 404 || status === 410) {
    await stores.pushSubscriptions.dropEndpoint(subscription.endpoint);
    return false;
  }
  if (status === 429 || status >= 500) return retry(deps, subscription, `status ${status}`, retryAfterMs);
  log.warn({ status }, 'a push service refuses what this server sends');
  return settle(deps, subscription);
}

async function retry(
  deps: PushDeps,
  subscription: PushSubscription,
  reason: string,
  askedForMs: number | null,
): Promise<boolean> {
  const { clock, stores, log } = deps;
  log.warn({ reason, tries: subscription.tries }, 'a push service did not take a message');
  if (subscription.tries >= mostTries) return settle(deps, subscription);
  const waitMs = Math.max(askedForMs ?? 0, firstRetryMs * 2 ** (subscription.tries - 1));
  await stores.pushSubscriptions.postpone(subscription, clock.now() + Math.min(waitMs, longestRetryMs));
  return false;
}
