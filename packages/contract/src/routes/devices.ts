import { Type } from 'typebox';
import { route } from '../route.ts';
import { Exact, Uuid } from '../schemas.ts';
import { DeviceView } from '../views.ts';

export const listDevices = route({
  name: 'listDevices',
  summary: 'Every device that is logged in to the account, the calling one first, then by last use',
  method: 'GET',
  path: '/api/v1/devices',
  access: 'full',
  answer: Exact({ devices: Type.Array(DeviceView) }),
});

/** `ThisDevice` for the calling session itself: that one logs out. */
export const endDevice = route({
  name: 'endDevice',
  summary: 'Ends the session of another device at once',
  method: 'POST',
  path: '/api/v1/devices/end',
  access: 'full',
  pinAuth: true,
  body: Exact({ sessionId: Uuid }),
});

export const endOtherDevices = route({
  name: 'endOtherDevices',
  summary: 'Ends every session of the account but the calling one',
  method: 'POST',
  path: '/api/v1/devices/end-others',
  access: 'full',
  pinAuth: true,
});
