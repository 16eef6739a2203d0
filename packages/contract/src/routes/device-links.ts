import { Type } from 'typebox';
import { route } from '../route.ts';
import {
  Bytes,
  BytesUpTo,
  DeviceDescription,
  Ed25519PublicKey,
  Ed25519Signature,
  Exact,
  Nullable,
  TimeMs,
  Uuid,
} from '../schemas.ts';
import { SessionView } from '../views.ts';

/** E under RFC 9180 base mode, to the key that the new device showed and the server never saw. */
const SealedToDevice = { encapsulatedKey: Bytes(32), ciphertext: BytesUpTo(64) };

/** What a code shows beside the HPKE key. The server compares: another device key is refused like an unknown link. */
const ScannedLink = {
  linkId: Uuid,
  /** RFC 7638 thumbprint of the new device's key. */
  deviceKeyThumbprint: Bytes(32),
};

export const createDeviceLink = route({
  name: 'createDeviceLink',
  summary: 'A new device asks to be linked; it shows the id to a logged-in device',
  method: 'POST',
  path: '/api/v1/device-links',
  access: 'public',
  body: Exact({
    deviceKey: Ed25519PublicKey,
    device: DeviceDescription,
    /** By the device key, over `announceLinkStatement`. */
    signature: Ed25519Signature,
  }),
  /** 60 seconds to be scanned. */
  answer: Exact({ linkId: Uuid, expiresAtMs: TimeMs }),
});

/** Expired, unknown, scanned by another account, with another device key: `NotFound` (device-link) all alike. */
export const openDeviceLink = route({
  name: 'openDeviceLink',
  summary: 'A logged-in device has scanned a link: which device it is, and five minutes for the PIN',
  method: 'POST',
  path: '/api/v1/device-links/open',
  access: 'full',
  body: Exact(ScannedLink),
  answer: Exact({
    device: DeviceDescription,
    /** The network address the new device asked from. */
    place: Nullable(Type.String()),
    expiresAtMs: TimeMs,
  }),
});

/** By the session that has opened it. The account is logged in on the new device, locked, once that collects it. */
export const approveDeviceLink = route({
  name: 'approveDeviceLink',
  summary: 'The owner lets a new device in, and sends it the entropy sealed',
  method: 'POST',
  path: '/api/v1/device-links/approve',
  access: 'full',
  pinAuth: true,
  body: Exact({ ...ScannedLink, ...SealedToDevice }),
});

/** Once approved it answers the same session again to the same device key, until it expires. */
export const collectDeviceLink = route({
  name: 'collectDeviceLink',
  summary: 'The new device asks how far its link is, and gets its session',
  method: 'POST',
  path: '/api/v1/logins/device-link',
  access: 'public',
  body: Exact({
    linkId: Uuid,
    /** By the device key, over `collectLinkStatement`. */
    signature: Ed25519Signature,
  }),
  answer: Type.Union([
    Exact({ state: Type.Union([Type.Literal('waiting'), Type.Literal('scanned')]), expiresAtMs: TimeMs }),
    Exact({ state: Type.Literal('approved'), session: SessionView, ...SealedToDevice }),
  ]),
});
