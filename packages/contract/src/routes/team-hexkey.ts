import { route } from '../route.ts';
import { Bytes, Ed25519Signature, Exact } from '../schemas.ts';

/** Until a device has published a key, nothing is sealed to it: messages from before never reach it. */
export const publishDeviceKey = route({
  name: 'publishDeviceKey',
  summary: 'The HPKE key that messages to this device are sealed to',
  method: 'PUT',
  path: '/api/v1/devices/hpke-key',
  access: 'full',
  body: Exact({
    /** X25519 public key, RFC 9180 section 7.1. */
    hpkeKey: Bytes(32),
    /** By the device key, over `deviceHpkeKeyStatement`. */
    signature: Ed25519Signature,
  }),
});
