import { toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import type { Handlers } from '../http/handlers.ts';
import { readEndpoint } from './push-endpoint.ts';
import type { VapidKey } from './vapid.ts';

type PushRoutes = 'getPushKey' | 'putPushSubscription' | 'endPushSubscription';

export function pushHandlers(
  { clock, transact }: Deps,
  vapid: VapidKey,
  hosts: readonly string[],
): Pick<Handlers, PushRoutes> {
  return {
    getPushKey: async () => ({ pushKey: toBase64url(vapid.publicKey) }),
    async putPushSubscription({ caller, body }) {
      if (readEndpoint(body.endpoint, hosts) === null)
        throw invalidField('endpoint', 'not of a push service that this server asks');
      await transact((stores) =>
        stores.pushSubscriptions.replace(caller.session.id, body.endpoint, clock.now()),
      );
    },
    async endPushSubscription({ caller }) {
      await transact((stores) => stores.pushSubscriptions.drop(caller.session.id));
    },
  };
}
