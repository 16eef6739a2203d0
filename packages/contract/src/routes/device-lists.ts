import { Type } from 'typebox';
import { SignedDeviceListView } from '../messaging-views.ts';
import { route } from '../route.ts';
import { Exact, Uuid } from '../schemas.ts';

/**
 * Made at PIN entries only: the list is signed by the account identity key, and a device without the PIN must not put another in its
 * place. Every device on it is a live full session of the account.
 */
export const putDeviceList = route({
  name: 'putDeviceList',
  summary: 'Replaces the list of devices that speak for the account, if nobody has since it was read',
  method: 'PUT',
  path: '/api/v1/account/device-list',
  access: 'full',
  pinAuth: true,
  body: Exact({
    /** The version that was read; 0 when there was none. `StaleDeviceList` when another one is there. */
    replaces: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    ...SignedDeviceListView.properties,
  }),
});

/** Of the caller's own account and of accounts it shares a group with; others are left out, as are accounts without one. */
export const getDeviceLists = route({
  name: 'getDeviceLists',
  summary: 'The device lists of people the caller is in a conversation with',
  method: 'POST',
  path: '/api/v1/device-lists',
  access: 'full',
  body: Exact({ accountIds: Type.Array(Uuid, { minItems: 1, maxItems: 50, uniqueItems: true }) }),
  answer: Exact({
    lists: Type.Array(Exact({ accountId: Uuid, ...SignedDeviceListView.properties })),
  }),
});
