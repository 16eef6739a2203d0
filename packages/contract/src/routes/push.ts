import { Type } from 'typebox';
import { route } from '../route.ts';
import { Bytes, Exact } from '../schemas.ts';

/** A browser binds a subscription to it (`applicationServerKey`), so that its push service takes messages of this server alone. */
export const getPushKey = route({
  name: 'getPushKey',
  summary: 'The VAPID key of this server',
  method: 'GET',
  path: '/api/v1/push/key',
  access: 'full',
  /** P-256, uncompressed: RFC 8292 section 3.2. */
  answer: Exact({ pushKey: Bytes(65) }),
});

/** In place of the one before. The keys of a subscription stay in the browser: what is pushed has no contents. */
export const putPushSubscription = route({
  name: 'putPushSubscription',
  summary: 'Where this device can be woken',
  method: 'PUT',
  path: '/api/v1/push/subscription',
  access: 'full',
  /** The address at the push service of the browser: RFC 8030 section 5. Whoever has it can wake the device, if they have the VAPID key too. */
  body: Exact({ endpoint: Type.String({ minLength: 1, maxLength: 1024 }) }),
});

/** Without one it changes nothing. */
export const endPushSubscription = route({
  name: 'endPushSubscription',
  summary: 'Wakes this device no more',
  method: 'POST',
  path: '/api/v1/push/end',
  access: 'full',
});
